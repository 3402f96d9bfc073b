/**
 * Whether a row of the trail is what its realm sealed, worked out here: the row is hashed, the path is followed to a root (RFC 6962),
 * the root is compared with the checkpoint, and its signature with the realm's public keys. The form is that of docs/audit.md.
 */
import { failure } from './dialog.js';
import { alert, attend, button, facts, h } from './dom.js';
import { environment } from './stock.js';

const FACTS = ['event_id', 'event_code', 'event_type', 'realm_id', 'tenant', 'client_id', 'method', 'outcome', 'attempt', 'rule',
    'policy_version', 'timestamp'];
const PARTS = { subject: [0x11, ['user_id', 'reason', 'details']], actor: [0x12, ['actor', 'session_id', 'ip', 'user_agent', 'correlation_id']] };
const TYPE = 'mfa-checkpoint+jws';

const RSA = 'RSASSA-PKCS1-v1_5';
const ALGORITHMS = {
    RS: bits => ({ name: RSA, hash: `SHA-${bits}` }),
    PS: bits => ({ name: 'RSA-PSS', hash: `SHA-${bits}`, saltLength: bits / 8 }),
    ES: bits => ({ name: 'ECDSA', hash: `SHA-${bits}`, namedCurve: { 256: 'P-256', 384: 'P-384', 512: 'P-521' }[bits] }),
    Ed: () => ({ name: 'Ed25519' }),
};

const bytesOf = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), character => character.charCodeAt(0));
const textOf = bytes => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const utf8 = text => new TextEncoder().encode(text);
const number = value => [24, 16, 8, 0].map(shift => value >>> shift & 255);
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(parts.map(part => Uint8Array.from(part))).arrayBuffer()));

/** A field is 0 if it is absent, else 1, its length in four bytes and its UTF-8. */
const fields = (row, names) => names.flatMap(name => {
    if (row[name] === undefined) return [0];
    const bytes = utf8(row[name]);
    return [1, ...number(bytes.length), ...bytes];
});

/** What stands for a part about people; of an erased one it is all that is left. */
const commitment = (proof, part) => proof[`${part}_hash`] ? bytesOf(proof[`${part}_hash`])
    : sha256([PARTS[part][0]], bytesOf(proof[`${part}_salt`] ?? ''), fields(proof.row, PARTS[part][1]));

/** Whether it says something where a person was erased: no hash is about that. */
const speaks = proof => Object.entries(PARTS).some(([part, [, names]]) => proof[`${part}_hash`] && names.some(name => proof.row[name] !== undefined));

/** The hash that follows from what the row says and where it stands. */
export const leafOf = async proof => sha256([0, 1], number(Math.floor(proof.position / 2 ** 32)), number(proof.position % 2 ** 32),
    fields(proof.row, FACTS), await commitment(proof, 'subject'), await commitment(proof, 'actor'));

/** RFC 9162 §2.1.3.2: where a path leads from a leaf; undefined if it is none of a leaf at this place of so many. */
export async function rootOf(leaf, position, size, path) {
    if (!(position < size)) return undefined;
    let [at, last, hash] = [position, size - 1, leaf];
    for (const other of path) {
        if (last === 0) return undefined;
        if (at % 2 === 1 || at === last) {
            hash = await sha256([1], other, hash);
            while (at % 2 === 0 && at > 0) [at, last] = [at / 2, Math.floor(last / 2)];
        } else {
            hash = await sha256([1], hash, other);
        }
        [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    }
    return last === 0 ? hash : undefined;
}

/** Whether one of these keys signed it: true, false, or undefined if this browser can't tell. */
async function isSigned(jws, { alg, kid }, keys) {
    const make = ALGORITHMS[alg.slice(0, 2)];
    const key = keys.find(one => one.kid === kid);
    if (!make || !key) return undefined;
    const algorithm = make(Number(alg.slice(2)));
    const [head, body, signature] = jws.split('.');
    try {
        const known = await crypto.subtle.importKey('jwk', { kty: key.kty, n: key.n, e: key.e, crv: key.crv, x: key.x, y: key.y }, algorithm, false, ['verify']);
        return await crypto.subtle.verify(algorithm, known, bytesOf(signature), utf8(`${head}.${body}`));
    } catch {
        return undefined;
    }
}

/**
 * Looks at the proof of a row.
 *
 * @param {object} proof as the server answers it
 * @param {object[]} keys of the realm, as its JWKS has them
 * @return the checkpoint, and what was found: `leaf` (the row is what was hashed), `root` (the path leads to what the checkpoint
 *     says), `signed`; each true or false, `signed` undefined if that can't be told here
 */
export async function examine(proof, keys) {
    const [head, body] = proof.checkpoint.split('.').slice(0, 2).map(part => JSON.parse(new TextDecoder().decode(bytesOf(part))));
    const leaf = await leafOf(proof);
    const root = await rootOf(leaf, proof.position, proof.tree_size, proof.path.map(bytesOf));
    const own = head.typ === TYPE && body.realm_id === proof.row.realm_id && body.size === proof.tree_size;
    return {
        checkpoint: body, kid: head.kid, hash: textOf(leaf),
        leaf: textOf(leaf) === proof.leaf_hash && !speaks(proof),
        root: own && root !== undefined && textOf(root) === body.root,
        signed: await isSigned(proof.checkpoint, head, keys),
    };
}

/** A button that proves a row, with room for what is found. */
export function seal({ rest, texts, realm }, row) {
    const t = texts.t.bind(texts);
    const found = h('div', { class: 'mfa-outcome', 'aria-live': 'polite', 'data-testid': 'mfa-sealed' });
    const ask = button('secondary m-small', t('seal.check'), async () => {
        ask.disabled = true;
        found.replaceChildren(h('span', { class: 'mfa-note' }, t('dialog.working')));
        found.replaceChildren(...[await words()].flat().filter(Boolean));
        ask.disabled = false;
        attend(found);
    }, { 'data-testid': 'mfa-seal' });
    return [h('div', { class: 'mfa-buttons' }, ask), found];

    async function words() {
        // browsers have no WebCrypto where the address is neither https nor this machine
        if (!globalThis.crypto?.subtle) return alert('warning', t('seal.insecure'));
        try {
            const [proof, keys] = await Promise.all([rest.get(`audit/${encodeURIComponent(row.event_id)}/proof`), keysOf(realm)]);
            return shown(proof, await examine(proof, keys));
        } catch (problem) {
            return problem.name === 'MFA_UNAVAILABLE' && problem.problems.some(text => /yet to be sealed/.test(text))
                ? alert('info', t('seal.notYet')) : failure(problem, texts);
        }
    }

    function shown(proof, { leaf, root, signed, checkpoint, kid, hash }) {
        const holds = leaf && root && signed;
        const bad = !leaf || !root || signed === false;
        const values = { position: texts.number(proof.position), size: texts.number(proof.tree_size), count: texts.number(proof.path.length),
            time: texts.moment(checkpoint.time), kid };
        const step = (right, key) => h('li', { class: right === undefined ? '' : right ? 'mfa-right' : 'mfa-wrong' },
            t(`seal.${key}.${right === undefined ? 'unknown' : right ? 'right' : 'wrong'}`, values));
        return [
            alert(holds ? 'success' : bad ? 'danger' : 'warning', t(holds ? 'seal.holds' : bad ? 'seal.broken' : 'seal.half', values),
                h('ol', { class: 'mfa-points' }, step(leaf, 'leaf'), step(root, 'root'), step(signed, 'signed')),
                bad && h('p', {}, t('seal.verifier'))),
            h('details', { class: 'mfa-affected' }, h('summary', {}, t('seal.numbers')), facts([
                [t('column.position'), texts.number(proof.position)],
                [t('seal.size'), texts.number(proof.tree_size)],
                [t('seal.leafHash'), h('code', {}, hash)],
                [t('seal.path'), h('ol', { class: 'mfa-hashes' }, proof.path.map(one => h('li', {}, h('code', {}, one))))],
                [t('seal.rootHash'), h('code', {}, checkpoint.root)],
                [t('seal.checkpoint'), h('code', {}, proof.checkpoint)]])),
        ];
    }
}

/** Public keys of the realm; none if they can't be had. */
const keysOf = async realm => {
    const reply = await fetch(`${environment.serverBaseUrl}/realms/${encodeURIComponent(realm)}/protocol/openid-connect/certs`).catch(() => undefined);
    return reply?.ok ? (await reply.json()).keys : [];
};
