/** Set-up: what it would change in the realm, before it does; and the same for its undo. */
import { confirm, failure, inEnglish } from './dialog.js';
import { alert, attend, button, card, h } from './dom.js';
import { dropDraft, keptDraft } from './drafts.js';
import { consequences, mayNot, switched } from './switch.js';

/** How the server names a change: its kind, then what it is about. */
const KINDS = [
    ['clients', /^client scope (\S+) of (\d+) clients$/],
    ['setting', /^setting (\S+) = (.*)$/],
    ['roles', /^roles (\S+)$/],
    ['action', /^required action (\S+)$/],
    ['step', /^step (\S+)$/],
    ['attribute', /^attribute (\S+)$/],
    ['scope', /^client scope (\S+)$/],
];

/** What the server says has to be mended first. */
const PROBLEMS = [
    [/has a client scope (\S+) of its own/, 'setup.ownScope'],
    [/of the client (.+): is no JSON object/, 'setup.acrOfClient'],
    [/^acr\.loa\.map of the realm: is no JSON object/, 'setup.acrOfRealm'],
];

export async function setup(context) {
    const { rest, texts } = context;
    const t = texts.t.bind(texts);
    const outcome = h('div', { 'aria-live': 'polite', class: 'mfa-outcome' });
    const body = h('div', { class: 'mfa-form' });
    const draft = keptDraft();
    await draw();
    if (draft?.act) {
        dropDraft();
        ask(draft.act, draft);
    }
    return [outcome, body];

    async function draw() {
        const plan = await rest.get('setup');
        const missing = plan.would_change.length;
        const wrong = plan.problems.length;
        body.replaceChildren(
            card(t('setup.title'),
                h('p', { class: 'mfa-text' }, t(missing === 0 ? 'setup.whole' : plan.enabled ? 'setup.repair' : 'setup.begin')),
                wrong > 0 && alert('danger', t('setup.problems'), plan.problems.map(problem => h('p', {}, said(problem, texts)))),
                changes('mfa-would-change', plan.would_change, texts),
                missing > 0 && h('div', { class: 'mfa-buttons' }, button('primary', t(plan.enabled ? 'act.repair' : 'act.setup'),
                    () => ask(plan.enabled ? 'repair' : 'setup'), { 'data-testid': 'mfa-set-up', disabled: wrong > 0 }))),
            ...plan.would_remove.length === 0 ? [] : [card(t('setup.undo'),
                h('p', { class: 'mfa-text' }, t('setup.undoText')),
                h('details', {}, h('summary', {}, t('setup.would_remove', { count: texts.number(plan.would_remove.length) })),
                    changes('mfa-would-remove', plan.would_remove, texts)),
                h('div', { class: 'mfa-buttons' }, button('danger', t('act.undo'), () => ask('undo'), { 'data-testid': 'mfa-undo' })))]);
    }

    async function ask(act, kept) {
        const done = await confirm({ title: t(`act.${act}`), text: t(`act.${act}.text`), confirm: t(`act.${act}`), danger: act === 'undo',
            points: act === 'undo' ? await consequences(context) : [],
            run: ({ reason }) => act === 'undo' ? rest.delete('setup', { reason }) : rest.post('setup', { reason }).catch(mayNot) },
        texts, { act, ...kept });
        if (!done) return;
        switched(context, act !== 'undo');
        outcome.replaceChildren(alert('success', t(`act.${act}.done`), changes('mfa-changed', done.changed, texts)));
        await draw().catch(problem => outcome.append(failure(problem, texts)));
        attend(outcome);
    }
}

function said(problem, texts) {
    const [known, key] = PROBLEMS.find(([pattern]) => pattern.test(problem)) ?? [];
    return known ? texts.t(key, { name: known.exec(problem)[1] }) : inEnglish(problem);
}

const changes = (id, names, texts) => names.length > 0 && h('ul', { class: 'mfa-changes', 'data-testid': id }, names.map(name => {
    const [kind, found] = KINDS.map(([one, form]) => [one, form.exec(name)]).find(([, match]) => match) ?? [];
    if (!kind) return h('li', {}, name);
    const why = texts.word('setup.why', found[1]);
    return h('li', {}, h('strong', {}, texts.t(`setup.${kind}`, { name: found[1], value: found[2] })),
        why !== found[1] && h('p', { class: 'mfa-note' }, why));
}));
