/** A rule in words: as a sentence, and field by field for comparing. */
import { h, label, table } from './dom.js';

export const LEVELS = ['USER', 'GROUP', 'TENANT', 'GLOBAL'];
export const CONDITIONS = ['roles', 'clients', 'identity_providers', 'inside_networks', 'outside_networks'];

export const levelOf = ({ scope = {} }) => scope.user ? 'USER' : scope.group ? 'GROUP' : scope.organization ? 'TENANT' : 'GLOBAL';

/** Names of units, the largest first, with their seconds. */
export const UNITS = [['days', 86400], ['hours', 3600], ['minutes', 60], ['seconds', 1]];

/** The largest unit of which these seconds are a whole number, with its own seconds. */
export const unitOf = seconds => UNITS.find(([, factor]) => seconds % factor === 0);

export const span = (seconds, texts) => {
    const [unit, factor] = unitOf(seconds);
    return texts.span(seconds / factor, unit.slice(0, -1));
};

/** Its name; the server calls a rule without one "unnamed". */
export const nameOf = rule => rule.name === 'unnamed' ? '' : rule.name ?? '';

/** One rule as somebody would say it, with its name, state and times. */
export function sentence(rule, texts) {
    const t = texts.t.bind(texts);
    const state = rule.state ?? 'ENFORCED';
    const over = rule.valid_until && new Date(rule.valid_until) <= new Date();
    return [
        h('p', {}, h('strong', {}, nameOf(rule) || said(rule, texts)), ' ',
            state === 'ENFORCED' && over ? label('grey', t('rule.over')) : state === 'ENFORCED' && new Date(rule.valid_from) > new Date()
                ? label('blue', t('rule.notYet'))
                : label({ ENFORCED: 'green', REPORT_ONLY: 'blue', DISABLED: 'grey' }[state], texts.word('state', state))),
        nameOf(rule) && h('p', {}, said(rule, texts)),
        rule.report && h('p', { class: 'mfa-note', 'data-testid': 'mfa-report' }, reported(rule, texts)),
        h('p', { class: 'mfa-note' }, [
            rule.valid_from && t('rule.from', { time: texts.time(rule.valid_from) }),
            rule.valid_until && t('rule.until', { time: texts.time(rule.valid_until) }),
            rule.max_age !== undefined && t('rule.maxAge', { time: span(rule.max_age, texts) }),
            rule.grace && t('rule.grace', { time: grace(rule, texts) }),
            rule.reason && t('rule.because', { reason: rule.reason }),
        ].filter(Boolean).join(' · ')),
    ];
}

/** What a rule that only reports would have done since it was saved. */
export const reported = ({ report }, texts) => texts.t('rule.report', {
    time: texts.time(report.since),
    ...Object.fromEntries(['about', 'asked', 'refused', 'spared'].map(name => [name, texts.number(report[name])])) });

/** Whom it tells to do what, and when. */
export function said(rule, texts) {
    const t = texts.t.bind(texts);
    const conditions = Object.entries(rule.when ?? {}).filter(([, values]) => values.length > 0)
        .map(([name, values]) => t(`rule.${name}`, { values: values.join(', ') }));
    return [t('rule.sentence', { who: who(rule, texts), what: what(rule, texts) }),
        conditions.length > 0 && t('rule.when', { conditions: conditions.join('; ') })].filter(Boolean).join(' ');
}

export function who({ scope = {} }, texts) {
    const name = scope.user ? texts.t('rule.user', { name: scope.user })
        : scope.group ? texts.t('rule.group', { name: scope.group })
            : scope.organization ? texts.t('rule.organization', { name: scope.organization }) : texts.t('rule.everybody');
    return (scope.user || scope.group) && scope.organization ? texts.t('rule.there', { who: name, name: scope.organization }) : name;
}

function what(rule, texts) {
    if (!rule.required) return texts.t('rule.notRequired');
    const strength = rule.strength ?? 'ANY';
    if (!rule.methods?.length) return texts.t(`rule.${strength}`);
    const methods = texts.t('rule.methods', { methods: rule.methods.map(method => texts.word('method', method)).join(', ') });
    return strength === 'ANY' ? methods : `${methods} (${texts.word('strength', strength)})`;
}

const grace = (rule, texts) => [
    rule.grace?.days && texts.span(rule.grace.days, 'day'),
    rule.grace?.skips && texts.t('rule.skips', { count: rule.grace.skips })].filter(Boolean).join(', ');

/** Everything that a rule says, by the names of the form; what it does not say is an empty text. */
const terms = (rule, texts) => !rule ? {} : {
    name: nameOf(rule),
    who: who(rule, texts),
    what: what(rule, texts),
    ...Object.fromEntries(CONDITIONS.map(name => [name, rule.when?.[name]?.join(', ') ?? ''])),
    max_age: rule.max_age === undefined ? '' : span(rule.max_age, texts),
    grace: grace(rule, texts),
    valid_from: rule.valid_from ? texts.time(rule.valid_from) : '',
    valid_until: rule.valid_until ? texts.time(rule.valid_until) : '',
    state: texts.word('state', rule.state ?? 'ENFORCED'),
    takes_effect: texts.t(`rule.${rule.takes_effect ?? 'NEXT_SIGN_IN'}`),
    reason: rule.reason ?? '',
    owner: rule.owner ?? '',
};

/** What differs, line by line; undefined if nothing does. */
export function difference(before, after, texts) {
    const t = texts.t.bind(texts);
    const [old, now] = [terms(before, texts), terms(after, texts)];
    const rows = Object.keys({ ...old, ...now }).filter(name => (old[name] ?? '') !== (now[name] ?? ''));
    return rows.length === 0 ? undefined : table(t('diff.title'), [t('diff.what'), t('diff.before'), t('diff.after')],
        rows.map(name => [t(`form.${name}`), old[name] || '–', h('strong', {}, now[name] || '–')]));
}
