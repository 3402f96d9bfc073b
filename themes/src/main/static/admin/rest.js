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

    /** Nobody is signed in any more. */
    get ended() {
        return this.status === 401;
    }

    get unreachable() {
        return this.status === 0;
    }
}

export class Rest {
    #base;
    #token;
    /** Answers that were asked for before somebody wanted them, by path. */
    #ahead = new Map();

    /**
     * @param {string} base address of the realm's administration, without a slash at its end
     * @param {(refused: boolean) => Promise<string>} token gives a token that is valid now; another one if the server refused the last
     */
    constructor(base, token) {
        this.#base = base;
        this.#token = token;
    }

    /** What is at this path of ours; the query leaves out what is empty. */
    get(path, query = {}, signal = undefined) {
        const address = `/mfa/${path}${search(query)}`;
        const waiting = this.#ahead.get(address);
        this.#ahead.delete(address);
        return waiting ?? this.#call('GET', address, undefined, signal);
    }

    /** Asks for what will be wanted in a moment: whoever gets it first has this answer, once. */
    ahead(path, query = {}) {
        const answer = this.get(path, query);
        answer.catch(() => {});
        this.#ahead.set(`/mfa/${path}${search(query)}`, answer);
        setTimeout(() => this.#ahead.clear(), SOON);
    }

    post(path, body, query = {}) {
        return this.#call('POST', `/mfa/${path}${search(query)}`, body);
    }

    put(path, body, query = {}) {
        return this.#call('PUT', `/mfa/${path}${search(query)}`, body);
    }

    delete(path, query) {
        return this.#call('DELETE', `/mfa/${path}${search(query)}`);
    }

    /** What Keycloak itself knows at this path of the realm. */
    stock(path) {
        return this.#call('GET', `/${path}`);
    }

    /** What the server says, piece by piece, as soon as each is there; `opened` sees its headers before. */
    async *pieces(method, path, { query = {}, body, type, signal, opened }) {
        const reply = await this.#fetch(method, `/mfa/${path}${search(query)}`, body, signal, type);
        opened?.(reply.headers);
        const reader = reply.body.getReader();
        for (let part = await this.#heard(reader.read()); !part.done; part = await this.#heard(reader.read())) yield part.value;
    }

    async #call(method, path, body, signal) {
        return (await this.#fetch(method, path, body, signal, 'application/json')).json().catch(() => ({}));
    }

    async #fetch(method, path, body, signal, type, refused = false) {
        const headers = { Accept: type, Authorization: `Bearer ${await this.#heard(this.#token(refused))}` };
        if (body !== undefined) headers['Content-Type'] = 'application/json';
        const reply = await this.#heard(
            fetch(this.#base + path, { method, headers, body: body && JSON.stringify(body), signal, cache: 'no-store' }));
        // nothing was done: somebody may have signed in again elsewhere
        if (reply.status === 401 && !refused) return this.#fetch(method, path, body, signal, type, true);
        if (!reply.ok) throw new Problem(reply.status, await reply.json().catch(() => ({})));
        return reply;
    }

    /** What the network says; that it is gone is a problem of its own. */
    async #heard(answer) {
        try {
            return await answer;
        } catch (gone) {
            throw gone.name === 'AbortError' || gone instanceof Problem ? gone : new Problem(0, {});
        }
    }
}

/** What was asked for ahead and not wanted so long is out of date. */
const SOON = 15_000;

const search = query => {
    const wanted = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
    return wanted.length === 0 ? '' : `?${new URLSearchParams(wanted)}`;
};
