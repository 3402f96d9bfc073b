/** The rules as sentences, level by level, in the order in which they decide; each leads to what can be done with it. */
import { alert, button, card, field, h } from './dom.js';
import { list } from './list.js';
import { LEVELS, nameOf, sentence, who } from './rule.js';
import { offering } from './pick.js';
import { hash } from './stock.js';

const PAGE = 20;
const KINDS = ['user', 'group', 'organization'];
export const READ = 'mfa.mfa_policy.get_mfa_policies';
export const WRITE = 'mfa.mfa_policy.create_mfa_policy';
export const DELETE = 'mfa.mfa_policy.delete_mfa_policy';

/** What was just done, for the list that is shown next. */
let done;

export const address = (realm, query = {}, part = 'policy') =>
    hash(realm, 'mfa', part) + (Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '');

/** Goes back to a list, which says what was done. */
export function told(kind, text, where) {
    done = alert(kind, text);
    location.hash = where;
}

/** What told() left, once. */
export function news() {
    const told = done;
    done = undefined;
    return told && h('div', { class: 'mfa-outcome', tabindex: '-1', 'data-testid': 'mfa-done' }, told);
}

/** @param {AbortSignal} signal ends what is being counted when the page is left */
export async function policy(context, query, signal) {
    if (query.get('do') === 'history') return (await import('./history.js')).history(context, query);
    if (query.has('do')) return (await import('./form.js')).form(context, query, signal);
    const { rest, texts, may } = context;
    const t = texts.t.bind(texts);
    const kind = KINDS.find(one => query.has(one));
    return [
        news(),
        h('p', { class: 'mfa-text' }, t('policy.order')),
        may(WRITE) && h('p', { class: 'mfa-buttons' },
            link(context, { do: 'new' }, 'primary', t('policy.new'), { 'data-testid': 'mfa-new' }),
            link(context, { do: 'new', kind: 'exception' }, 'secondary', t('policy.newException'), { 'data-testid': 'mfa-new-exception' })),
        finder(context, kind, query.get(kind) ?? ''),
        ...LEVELS.map(level => card(texts.word('levels', level), list({
            page: async after => {
                const answer = await rest.get('policies', { level, [kind ?? '']: query.get(kind) ?? '', after, max: PAGE });
                return { rows: answer.policies, next: answer.next };
            },
            draw: rules => h('ul', { class: 'mfa-rules', 'data-testid': `mfa-rules-${level}` },
                rules.map(rule => h('li', { class: 'mfa-rule' }, sentence(rule, texts), deeds(rule, context, signal)))),
            none: [t('policy.none')],
        }, texts))),
    ];
}

/** Finds the rules about somebody or something: among a thousand nobody wants to turn pages. */
function finder(context, kind, name) {
    const { texts, rest, realm } = context;
    const t = texts.t.bind(texts);
    const kinds = h('select', { name: 'kind' }, KINDS.map(one => h('option', { value: one, selected: one === kind }, t(`form.scope.${one}`))));
    const named = h('input', { type: 'text', name: 'named', value: name, autocomplete: 'off' });
    const group = field(t('form.scope.name'), named);
    group.append(offering(named, () => kinds.value, rest));
    const made = h('form', { class: 'c-form mfa-filters' }, field(t('policy.about'), kinds), group,
        h('div', { class: 'mfa-buttons' }, button('secondary', t('audit.search'), undefined, { type: 'submit', 'data-testid': 'mfa-find' }),
            kind && link(context, {}, 'link', t('audit.clear'))));
    made.addEventListener('submit', event => {
        event.preventDefault();
        location.hash = address(realm, named.value.trim() ? { [kinds.value]: named.value.trim() } : {});
    });
    return h('details', { class: 'c-card mfa-card mfa-more', open: Boolean(kind) },
        h('summary', { class: 'c-card__title' }, h('span', { class: 'c-card__title-text' }, t('policy.find'))), h('div', { class: 'c-card__body' }, made));
}

/** A link that looks like a button. */
export const link = ({ realm }, query, look, text, more = {}) =>
    h('a', { class: `c-button m-${look}`, href: address(realm, query), ...more }, text);

function deeds(rule, context, signal) {
    const { texts, may } = context;
    const t = texts.t.bind(texts);
    const name = nameOf(rule) || who(rule, texts);
    const deed = (what, more = {}) => link(context, { do: what, rule: rule.id, ...more }, 'link m-inline', t(`policy.${what}`),
        { 'aria-label': `${t(`policy.${what}`)}: ${name}`, 'data-testid': `mfa-${what}` });
    return [
        h('div', { class: 'mfa-buttons' },
            may(WRITE) && deed('edit'), may(DELETE) && deed('delete'), deed('history'),
            rule.state === 'REPORT_ONLY' && [may(WRITE) && deed('enforce'), trial(rule, context, signal)]),
    ];
}

/** The trial that counts, one at a time. */
let counting;

/** What a rule that only reports would do if it were in force. */
function trial(rule, { rest, texts }, signal) {
    const t = texts.t.bind(texts);
    const outcome = h('div', { class: 'mfa-trial', hidden: true });
    const ask = button('link m-inline', t('policy.trial'), async () => {
        outcome.hidden = false;
        const { simulation } = await import('./simulate.js');
        counting?.stop();
        counting = simulation(rest, { enforce: [rule.id] }, texts, { signal });
        outcome.replaceChildren(counting.element);
    }, { 'aria-label': `${t('policy.trial')}: ${nameOf(rule) || who(rule, texts)}`, 'data-testid': 'mfa-trial' });
    return [ask, outcome];
}
