/** The last look before a rule is saved or deleted: what it says, what differs, what it would do to everybody, and why. */
import { failure, inEnglish, reasonField } from './dialog.js';
import { alert, attend, button, card, h } from './dom.js';
import { address, DELETE, told, WRITE } from './policy.js';
import { Problem } from './rest.js';
import { difference, said, sentence } from './rule.js';
import { prove } from './signin.js';
import { inWords, simulation } from './simulate.js';

/**
 * @param {object} page context, body (which this replaces), seen (the rule as it is stored, if it is), begun (the rule that the form began
 *     with), untouched (the same as the form writes it), signal (ends the counting); its `typed` says what is to be kept when it is left
 * @param {object} wanted rule, act, why (what was typed before a sign-in), `back(problems)`
 */
export function preview(page, { rule, act, why, back }) {
    const { context: { rest, texts, realm, may }, body, seen } = page;
    const t = texts.t.bind(texts);
    const deleting = act === 'delete';
    const suggested = seen ? '' : rule.reason ?? '';
    const reason = reasonField('why', why ?? page.why ?? suggested, texts);
    // whoever goes back to the form comes here again
    reason.control.addEventListener('input', () => { page.why = reason.control.value; });
    const outcome = h('div', { 'aria-live': 'polite', class: 'mfa-outcome' });
    const go = button(deleting ? 'danger' : 'primary', t(deleting ? 'preview.delete' : 'preview.save'), save,
        { 'data-testid': 'mfa-save', disabled: true });
    const counted = simulation(rest, deleting ? { delete: rule.id } : { rule: supposed() }, texts, { signal: page.signal, deleting });
    const heading = h('h2', { class: 'c-title m-lg', tabindex: '-1' }, t(deleting ? 'preview.deleteTitle' : 'preview.title'));
    const differs = seen && !deleting && difference(seen, rule, texts);

    body.replaceChildren(heading,
        card(t(deleting ? 'preview.goes' : 'preview.says'), sentence(rule, texts),
            seen && !deleting && (differs ?? alert('info', t('preview.same')))),
        card(t('preview.does'), supposition(), counted.element),
        card(t('preview.why'), h('div', { class: 'c-form' }, reason.group, outcome,
            h('div', { class: 'mfa-buttons' }, may(deleting ? DELETE : WRITE) && go,
                back && button('secondary', t('preview.back'), () => leave([]), { 'data-testid': 'mfa-back' }),
                h('a', { class: 'c-button m-link', href: address(realm), onclick: page.forget }, t('dialog.cancel'))))));
    heading.focus();
    const asItWas = deleting || rule === page.begun || JSON.stringify(rule) === page.untouched;
    page.typed = () => asItWas && reason.control.value === suggested ? undefined : { rule, seen, why: reason.control.value };
    counted.done.then(problem => {
        const found = back && fields(problem, texts);
        if (found?.length > 0) leave(found);
        else go.disabled = false;
    });

    function leave(found) {
        counted.stop();
        back(found);
    }

    /** The rule as it will be when it counts: a simulation is about now, and what is off does nothing. */
    function supposed() {
        const { valid_from, ...always } = rule;
        return rule.state === 'REPORT_ONLY' ? { ...always, state: 'ENFORCED' } : always;
    }

    function supposition() {
        if (deleting) return undefined;
        return [
            rule.state === 'REPORT_ONLY' && h('p', { class: 'mfa-note' }, t('preview.reportOnly')),
            later(rule) && h('p', { class: 'mfa-note' }, t('preview.later', { time: texts.time(rule.valid_from) })),
            later(rule) && seen?.state === 'ENFORCED' && !later(seen)
                && alert('warning', t('preview.gap', { time: texts.time(rule.valid_from) })),
        ];
    }

    async function save() {
        const text = reason.read();
        if (!text) return;
        go.disabled = true;
        outcome.replaceChildren(h('span', { class: 'mfa-note' }, t('dialog.working')));
        try {
            const answer = await send(text);
            page.forget();
            const warned = answer.warnings ?? [];
            told(warned.length > 0 ? 'warning' : 'success', [t(deleting ? 'preview.deleted' : 'preview.saved'), deleting ? '' : said(rule, texts),
                ...warned.map(text => inWords(text, texts))].filter(Boolean).join(' '),
                deleting ? address(realm, { do: 'history', rule: rule.id }) : address(realm));
        } catch (problem) {
            await refused(problem, text).catch(second => outcome.replaceChildren(failure(second, texts)));
        } finally {
            go.disabled = false;
            outcome.scrollIntoView({ block: 'nearest' });
            attend(outcome);
        }
    }

    function send(text) {
        const path = `policies/${encodeURIComponent(rule.id ?? '')}`;
        if (deleting) return rest.delete(path, { version: seen.version, reason: text });
        return seen ? rest.put(path, { ...rule, version: seen.version }, { reason: text }) : rest.post('policies', rule, { reason: text });
    }

    async function refused(problem, text) {
        const found = back && fields(problem, texts);
        if (problem.wantsProof) {
            outcome.replaceChildren(alert('warning', t('proof.title'), h('p', {}, t('proof.text')),
                button('primary', t('proof.go'), () => prove({ rule, seen, why: text }), { 'data-testid': 'mfa-prove' })));
        } else if (found?.length > 0) {
            back(found);
        } else if (problem.name === 'POLICY_CONFLICT') {
            const { conflict } = await import('./conflict.js').catch(() => { throw new Problem(0, {}); });
            outcome.replaceChildren(await conflict(page, { rule, act, why: text, back }, problem, again));
        } else {
            outcome.replaceChildren(failure(problem, texts));
        }
    }

    /** The same on top of what somebody else has saved meanwhile. */
    function again(newer) {
        counted.stop();
        page.seen = newer;
        preview(page, { rule: { ...rule, version: newer.version }, act, why: reason.control.value, back });
    }
}

const later = rule => new Date(rule.valid_from) > new Date();

/** The server's problems as [path of the field, words]; those of no field are none. */
function fields(problem, texts) {
    return (problem?.problems ?? []).map(text => /^(?:\$\.)?(?:rules\[0\]|rule)\.([\w.]+)\S*: (.*)$/s.exec(text)).filter(Boolean)
        .map(([, path, said]) => [path.replace(/^scope\.(user|group)$/, 'scope.name'), wrong(said, texts)]);
}

const wrong = (said, texts) => {
    const unknown = /^(?:there is no|no \w+) (.+)$/.exec(said);
    const network = /^(.+) is no range in CIDR form/.exec(said);
    return unknown ? texts.t('form.unknown', { value: unknown[1] }) : network ? texts.t('form.network', { value: network[1] }) : inEnglish(said);
};
