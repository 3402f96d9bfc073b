// What the author of a page writes with openid-client and @simplewebauthn/browser, see docs/step-up.md and docs/rest.md.
import * as client from 'openid-client';
import { startAuthentication, startRegistration } from '@simplewebauthn/browser';

const redirect_uri = location.origin + '/callback';

let issuer;
let config;
let tokens;
let bound;

/** Discovery; only this test's server speaks http. */
async function discover(clientId, authentication = client.None(), more = {}) {
    return client.discovery(new URL(issuer), clientId, undefined, authentication, {
        execute: [client.allowInsecureRequests],
        ...more,
    });
}

/** Where to send the browser: a sign-in, a step-up, an approval; pushed or not. */
export async function departure(realm, clientId, wanted, pushed) {
    issuer = realm;
    config = await discover(clientId);
    const checks = {
        pkceCodeVerifier: client.randomPKCECodeVerifier(),
        expectedState: client.randomState(),
        expectedNonce: client.randomNonce(),
    };
    sessionStorage.setItem('departure', JSON.stringify({ realm, clientId, checks }));
    const parameters = {
        redirect_uri,
        scope: 'openid mfa',
        code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
        code_challenge_method: 'S256',
        state: checks.expectedState,
        nonce: checks.expectedNonce,
        ...wanted,
    };
    return pushed
        ? client.buildAuthorizationUrlWithPAR(config, parameters)
        : client.buildAuthorizationUrl(config, parameters);
}

/** The parameters of an approval. */
export function approval(action, details) {
    const bytes = new TextEncoder().encode(JSON.stringify(details));
    const encoded = btoa(String.fromCharCode(...bytes))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', '');
    return { mfa_action: action, mfa_details: encoded };
}

/** Back again: the library checks state, issuer, PKCE, nonce, signature and claims. */
export async function arrive({ dpop = false } = {}) {
    const departed = JSON.parse(sessionStorage.getItem('departure'));
    issuer = departed.realm;
    config = await discover(departed.clientId);
    client.enableNonRepudiationChecks(config);
    bound = dpop ? { DPoP: client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256')) } : {};
    tokens = await client.authorizationCodeGrant(config, new URL(location.href), departed.checks, {}, bound);
    return facts();
}

export async function refresh() {
    tokens = await client.refreshTokenGrant(config, tokens.refresh_token, {}, bound);
    return facts();
}

async function facts() {
    const claims = tokens.claims();
    return {
        type: tokens.token_type,
        access: tokens.access_token,
        claims,
        userinfo: await client.fetchUserInfo(config, tokens.access_token, claims.sub, bound),
    };
}

/** A call of Keycloak's or of another server's with the token; a challenge (RFC 9470) as the library has read it. */
export async function call(url, body, token = tokens.access_token) {
    try {
        const answer = await client.fetchProtectedResource(
            config,
            token,
            new URL(url),
            'POST',
            JSON.stringify(body),
            new Headers({ 'content-type': 'application/json' }),
            bound,
        );
        return { status: answer.status, body: await answer.json() };
    } catch (error) {
        if (error instanceof client.WWWAuthenticateChallengeError) {
            return { status: error.response.status, body: await error.response.json(), challenges: error.cause };
        }
        throw error;
    }
}

export async function selfService(path, body, token) {
    return call(issuer + '/v1/auth/mfa/' + path, body, token);
}

/** Registers a key. */
export async function enroll() {
    const { body: begun } = await selfService('enroll', { method: 'WEBAUTHN' });
    const credential = await startRegistration({ optionsJSON: begun.secret_or_challenge });
    return selfService('verify', { method: 'WEBAUTHN', enrollment_id: begun.enrollment_id, credential });
}

/** Proves it for an action; the answer's token carries the approval. */
export async function approve(action_type, action_details) {
    const { body: asked } = await selfService('challenge', { action_type, action_details, method: 'WEBAUTHN' });
    const credential = await startAuthentication({ optionsJSON: asked.webauthn });
    return selfService('verify', { method: 'WEBAUTHN', challenge_id: asked.challenge_id, credential });
}

/** What a back end asks, by way of a server of its own: Keycloak answers no page here. */
export async function introspect(clientId, secret) {
    const authentication = secret ? client.ClientSecretPost(secret) : client.None();
    const relayed = (url, options) => fetch('/relay?to=' + encodeURIComponent(url), options);
    const backend = await discover(clientId, authentication, { [client.customFetch]: relayed });
    return client.tokenIntrospection(backend, tokens.access_token);
}
