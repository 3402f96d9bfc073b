/** Calls to the administration API, with the console's own token. */

/** What the server said instead of an answer: application/problem+json, or that it said nothing. */
export class Problem extends Error {
    constructor(status, body) {
        super(body.title ?? body.errorMessage ?? body.error ?? `HTTP ${status}`);
        this.status = status;
        this.name = body.error ?? '';
        this.problems = body.problems ?? [];
        this.correlation = body.correlation_id;
    }

    /** The administrator has to prove his own second factor first. */
    get wantsProof() {
        return this.name === 'MFA_REQUIRED';
    }

    get unreachable() {
        return this.status === 0;
    }
}

export class Rest {
    #base;
    #token;

    /**
     * @param {string} base address of the realm's administration, without a slash at its end
     * @param {() => Promise<string>} token gives a token that is valid now
     */
    constructor(base, token) {
        this.#base = base;
        this.#token = token;
    }

    /** What is at this path of ours; the query leaves out what is empty. */
    get(path, query = {}, signal = undefined) {
        return this.#call('GET', `/mfa/${path}${search(query)}`, undefined, signal);
    }

    post(path, body) {
        return this.#call('POST', `/mfa/${path}`, body);
    }

    delete(path, query) {
        return this.#call('DELETE', `/mfa/${path}${search(query)}`);
    }

    /** What Keycloak itself knows at this path of the realm. */
    stock(path) {
        return this.#call('GET', `/${path}`);
    }

    async #call(method, path, body, signal) {
        const headers = { Accept: 'application/json', Authorization: `Bearer ${await this.#token()}` };
        if (body !== undefined) headers['Content-Type'] = 'application/json';
        let reply;
        try {
            reply = await fetch(this.#base + path, { method, headers, body: body && JSON.stringify(body), signal, cache: 'no-store' });
        } catch (gone) {
            if (gone.name === 'AbortError') throw gone;
            throw new Problem(0, {});
        }
        const answer = await reply.json().catch(() => ({}));
        if (!reply.ok) throw new Problem(reply.status, answer);
        return answer;
    }
}

const search = query => {
    const wanted = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
    return wanted.length === 0 ? '' : `?${new URLSearchParams(wanted)}`;
};
