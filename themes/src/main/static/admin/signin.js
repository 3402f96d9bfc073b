/**
 * Sign-ins of the administrator beside the console's own: silently for a token, where the console's can't be found, and by
 * page for a fresh proof of his second factor. Nothing of it is kept but what he typed (drafts.js).
 */
import { putForProof } from './drafts.js';
import { Problem } from './rest.js';
import { environment } from './stock.js';

const text = bytes => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const random = () => text(crypto.getRandomValues(new Uint8Array(32)));
const sha256 = async value => text(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(value))));

const endpoint = name => `${environment.serverBaseUrl}/realms/${encodeURIComponent(environment.realm)}/protocol/openid-connect/${name}`;

const request = more => `${endpoint('auth')}?${new URLSearchParams({
    client_id: environment.clientId, response_type: 'code', scope: 'openid', response_mode: 'query',
    code_challenge_method: 'S256', ...more })}`;

/**
 * Leads through a step-up sign-in of the console's client and back to this very place. The code that comes back is nobody's:
 * the console does not know its state and drops it. What counts is the proof, which belongs to the session.
 */
export async function prove(draft) {
    putForProof(draft);
    location.assign(request({ redirect_uri: location.href, state: random(), nonce: random(),
        code_challenge: await sha256(random()), acr_values: 'mfa' }));
}

/** Where somebody signs in while this page stays as it is. */
export const elsewhere = () => `${environment.adminBaseUrl}/admin/${encodeURIComponent(environment.realm)}/console/`;

let current;
let coming;

/**
 * A token of the console's client, renewed half a minute before its end; nobody is asked anything, and all who wait wait for the same.
 * Where nobody is signed in any more, or somebody else than `who`, it is the problem that the sign-in has ended.
 */
export async function silentToken(who, anew) {
    if (!current || anew || current.until < Date.now()) {
        coming ??= signIn().finally(() => { coming = undefined; });
        const next = await coming;
        // rights, drafts and the names in a dialog are those of whoever was here before
        if ((who ?? current?.who ?? next.who) !== next.who) throw new Problem(401, {});
        current = next;
    }
    return current.token;
}

async function signIn() {
    const verifier = random();
    const state = random();
    // an address of the console that is no page, so that no second console starts in the frame
    const redirect = `${environment.adminBaseUrl}/admin/${encodeURIComponent(environment.realm)}/console/messages.json`;
    const back = await framed(request({ redirect_uri: redirect, state, nonce: random(), prompt: 'none',
        code_challenge: await sha256(verifier) }));
    if (back.get('state') !== state) throw new Error('another answer');
    if (!back.get('code')) throw new Problem(401, {});
    const reply = await fetch(endpoint('token'), { method: 'POST', body: new URLSearchParams({
        grant_type: 'authorization_code', client_id: environment.clientId, code: back.get('code'),
        redirect_uri: redirect, code_verifier: verifier }) });
    if (!reply.ok) throw new Error(`HTTP ${reply.status}`);
    const tokens = await reply.json();
    const { sub } = JSON.parse(atob(tokens.id_token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
    return { token: tokens.access_token, who: sub, until: Date.now() + (tokens.expires_in - 30) * 1000 };
}

const framed = address => new Promise((resolve, reject) => {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.addEventListener('load', () => {
        try {
            resolve(new URL(frame.contentWindow.location.href).searchParams);
        } catch (foreign) {
            reject(foreign);
        } finally {
            frame.remove();
        }
    });
    frame.src = address;
    document.body.append(frame);
});
