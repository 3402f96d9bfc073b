/** What can be taken away: the rows that are looked for, the sealed trail for the verifier, and a packet for an auditor. */
import { failure } from './dialog.js';
import { alert, button, complaint, field, h, newId } from './dom.js';
import { Problem } from './rest.js';

const RULES = 'mfa.mfa_policy.get_mfa_policies';
const DAY = 86_400_000;
/** The last line of a sealed trail is its manifest, which is shorter than this. */
const END = 20_000;
const CHUNK = 4_000_000;

export function files(context, filters, signal) {
    const { texts, may } = context;
    const t = texts.t.bind(texts);
    return h('details', { class: 'c-card mfa-card mfa-more', 'data-testid': 'mfa-files' },
        h('summary', { class: 'c-card__title' }, h('span', { class: 'c-card__title-text' }, t('take.rows'))),
        h('div', { class: 'c-card__body mfa-grid' }, exports(context, filters, signal), may(RULES) && evidence(context, signal)));
}

function exports(context, filters, signal) {
    const { rest, texts } = context;
    const t = texts.t.bind(texts);
    return h('div', {}, h('p', { class: 'mfa-text' }, t('take.tableText')),
        taking({ text: t('take.table'), name: 'trail.csv', testid: 'mfa-take-table', whole: file => isKept(file, rest),
            ask: () => ({ path: 'audit/export', query: { ...filters, format: 'csv' } }) }, context, signal),
        h('p', { class: 'mfa-text' }, t('take.sealedText')),
        taking({ text: t('take.sealed'), name: 'trail.ndjson', testid: 'mfa-take-sealed', whole,
            ask: () => ({ path: 'audit/export', query: { from: filters.from, to: filters.to } }) }, context, signal));
}

/** A table that came to its end has a manifest; without the id nobody knows. */
const isKept = ({ id }, rest) => !id || rest.get(`audit/export/${encodeURIComponent(id)}/manifest`).then(() => true,
    problem => problem.status !== 404);

async function whole({ blob }) {
    const end = await blob.slice(-END).text();
    return /\{"manifest":"[\w.-]+"\}\s*$/.test(end);
}

/** A period of whole days in UTC, as the server counts them: the last quarter if nobody says otherwise. */
function evidence(context, signal) {
    const { texts, realm } = context;
    const t = texts.t.bind(texts);
    const day = (name, time) => h('input', { type: 'date', name, value: new Date(time).toISOString().slice(0, 10) });
    const [from, to] = [day('evidence_from', Date.now() - 90 * DAY), day('evidence_to', Date.now() - DAY)];
    const wrong = complaint(to);
    const ask = () => {
        const [first, last] = [from, to].map(input => Date.parse(`${input.value}T00:00:00Z`));
        const right = first <= last && first >= 0;
        wrong.say(!right && t('take.order'));
        if (!right) to.focus();
        const end = new Date(last + DAY);
        return right && { path: 'evidence', query: { from: from.value, to: end < new Date() ? end.toISOString().slice(0, 10) : undefined } };
    };
    const until = field(t('take.to'), to, t('take.days'));
    until.lastChild.append(wrong.slot);
    return h('div', {}, h('p', {}, h('strong', {}, t('take.evidence'))), h('p', { class: 'mfa-text' }, t('take.evidenceText')),
        h('div', { class: 'c-form mfa-pair' }, field(t('take.from'), from), until),
        taking({ text: t('take.packet'), name: `mfa-evidence-${realm}.zip`, testid: 'mfa-take-evidence', ask }, context, signal));
}

/**
 * A button with room for its file.
 *
 * @param {object} of text, name (if the server's can't be read), testid, `ask()` (path and query, or undefined if something is
 *     missing) and `whole(file)`, which says whether nothing is missing at its end
 * @param {AbortSignal} signal ends it when the page is left
 */
function taking(of, { rest, texts }, signal) {
    const t = texts.t.bind(texts);
    const outcome = h('div', { class: 'mfa-outcome', 'aria-live': 'polite' });
    const go = button('secondary', of.text, take, { 'data-testid': of.testid });
    return [h('div', { class: 'mfa-buttons' }, go), outcome];

    async function take() {
        const wanted = of.ask();
        if (!wanted) return;
        const stop = new AbortController();
        const leave = () => stop.abort();
        signal?.addEventListener('abort', leave, { once: true });
        const name = newId();
        const soFar = h('span', { class: 'mfa-note', 'aria-live': 'off' });
        go.disabled = true;
        outcome.replaceChildren(h('div', { class: 'mfa-counting' }, h('p', { id: name }, t('take.running')),
            h('progress', { class: 'mfa-progress', 'aria-labelledby': name }), soFar,
            button('secondary m-small', t('take.stop'), leave, { 'data-testid': `${of.testid}-stop` })));
        try {
            const file = await read(wanted, bytes => { soFar.textContent = t('take.soFar', { size: texts.bytes(bytes) }); }, stop.signal);
            // a stream that breaks off may end like one that is whole
            if (!await (of.whole?.(file) ?? true)) throw new Problem(0, {});
            save(file.blob, file.name ?? of.name);
            outcome.replaceChildren(alert('success', t('take.done', { name: file.name ?? of.name, size: texts.bytes(file.bytes) })));
        } catch (problem) {
            outcome.replaceChildren(problem.name === 'AbortError' ? alert('warning', t('take.stopped'))
                : problem.unreachable ? alert('danger', t('take.broken')) : failure(problem, texts));
        } finally {
            go.disabled = false;
            signal?.removeEventListener('abort', leave);
        }
    }

    /** Reads it to its end. */
    async function read({ path, query }, each, signal) {
        let [parts, bytes, waiting, name, id] = [[], 0, 0];
        const opened = headers => {
            [, name] = /filename="([^"]+)"/.exec(headers.get('Content-Disposition') ?? '') ?? [];
            id = headers.get('X-Export-Id');
        };
        for await (const piece of rest.pieces('GET', path, { query, type: '*/*', signal, opened })) {
            parts.push(piece);
            bytes += piece.length;
            waiting += piece.length;
            // a blob may lie on the disk, bytes of a script do not
            if (waiting > CHUNK) [parts, waiting] = [[new Blob(parts)], 0];
            each(bytes);
        }
        return { blob: new Blob(parts), bytes, name, id };
    }
}

function save(blob, name) {
    const link = h('a', { href: URL.createObjectURL(blob), download: name });
    link.click();
    // the browser reads it after the click
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
