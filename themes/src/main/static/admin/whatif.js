/** What the policy says about one sign-in, real or supposed, and what became of every rule. Questions stand in the address. */
import { alert, attend, button, card, complaint, facts, field, h, label, skeleton } from './dom.js';
import { failure, inEnglish } from './dialog.js';
import { list } from './list.js';
import { offering } from './pick.js';
import { address, READ } from './policy.js';
import { nameOf, said, span } from './rule.js';

const FIELDS = { user: 'user', client: 'clients', identity_provider: 'identity_providers', address: undefined };
const PAGE = 25;
const LOOKS = { SKIP: 'grey', CHALLENGE: 'blue', ENROLL: 'orange', DENY: 'red' };

export async function whatif(context, query) {
    const { rest, texts, realm, may } = context;
    const t = texts.t.bind(texts);
    const asked = Object.fromEntries(query);
    const wrong = new Map();
    /** Rules without a name that are shown, each asked for once. */
    const unnamed = new Map();

    const made = h('form', { class: 'c-form mfa-filters', novalidate: true, 'data-testid': 'mfa-whatif-form' },
        Object.entries(FIELDS).map(([name, kind]) => entry(name, h('input', { type: 'text', name, value: asked[name] ?? '', autocomplete: 'off' }), kind)),
        entry('time', h('input', { type: 'datetime-local', name: 'time', value: asked.time ?? '' })),
        h('div', { class: 'mfa-buttons' }, button('primary', t('whatif.ask'), undefined, { type: 'submit', 'data-testid': 'mfa-ask' })));
    made.addEventListener('submit', event => {
        event.preventDefault();
        const wanted = [...new FormData(made)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
        const where = address(realm, Object.fromEntries(wanted), 'whatif');
        if (location.hash === where) decide();
        else location.hash = where;
    });
    const answer = h('div', { tabindex: asked.user && '-1' });
    await decide();
    return [card(t('whatif.title'), h('p', { class: 'mfa-text' }, t('whatif.about')), made), answer];

    function entry(name, control, kind) {
        const group = field(t(`whatif.${name}`), control, t(`whatif.${name}Help`));
        wrong.set(name, complaint(control, `mfa-wrong-${name}`));
        group.lastChild.append(kind ? offering(control, () => kind, rest) : '', wrong.get(name).slot);
        return group;
    }

    /** Asks what stands in the address, as often as somebody wants to know. */
    async function decide() {
        if (!asked.user) return;
        wrong.forEach(({ say }) => say());
        answer.replaceChildren(skeleton(t('loading')));
        answer.replaceChildren(...[await answered()].flat());
        attend(answer);
    }

    async function answered() {
        const { time, ...others } = asked;
        const question = { ...others, time: time && new Date(time).toISOString() };
        try {
            return shown(await rest.get('decision', { ...question, trace: 'decided' }), question);
        } catch (problem) {
            const beside = (problem.problems ?? []).filter(text => {
                const [, name, said] = /^(\w+): (.*)$/s.exec(text) ?? [];
                wrong.get(name)?.say(/there is no/.test(said) ? t('form.unknown', { value: asked[name] }) : inEnglish(said));
                return wrong.has(name);
            });
            if (problem.status === 400 && beside.length > 0) return h('div', { role: 'alert' }, alert('danger', t('form.wrong')));
            return failure(problem, texts);
        }
    }

    function shown(decision, question) {
        const known = decision.facts;
        const many = values => values?.length > 0 ? values.join(', ') : '–';
        const methods = values => many(values?.map(method => texts.word('method', method)));
        return [
            card(t('whatif.answer'),
                h('p', { class: 'mfa-moved', 'data-testid': 'mfa-decision' },
                    label(LOOKS[decision.decision], texts.word('verdict', decision.decision.toLowerCase()))),
                !decision.enforced && alert('warning', t('page.notEnforced'), t('page.notEnforcedText')),
                facts([
                    decision.required && [t('form.strength'), texts.word('strength', decision.strength ?? 'ANY')],
                    decision.methods && [t('whatif.methods'), methods(decision.methods)],
                    decision.usable && [t('whatif.usable'), methods(decision.usable)],
                    decision.max_age !== undefined && [t('form.max_age'), span(decision.max_age, texts)],
                    [t('whatif.groups'), many(known.groups)], [t('whatif.organizations'), many(known.organizations)],
                    [t('whatif.roles'), many(known.roles)], [t('whatif.enrolled'), methods(known.enrolled)],
                    [t('whatif.client'), known.client], [t('whatif.address'), known.address ?? t('sim.anywhere')],
                    [t('whatif.time'), texts.moment(known.time)],
                ])),
            card(t('whatif.trace'), decision.trace.length === 0 && decision.left_out > 0 && h('p', {}, t('whatif.noRules')),
                traced(decision, question)),
        ];
    }

    /** What decided comes first; what became of the others, who may be a thousand, is asked for by who wants to know. */
    function traced({ trace, left_out }, question) {
        let others;
        return list({
            name: t('whatif.trace'), headings: [t('whatif.rule'), t('whatif.level'), t('whatif.outcome')],
            none: [t('whatif.noRules')],
            page: async after => {
                if (!after) return { rows: trace, next: left_out > 0 && { from: 0 } };
                others ??= await rest.get('decision', question).then(full =>
                    ['OUTRANKED', 'SKIPPED'].flatMap(outcome => full.trace.filter(one => one.outcome === outcome)));
                const from = after.from + PAGE;
                return { rows: others.slice(after.from, from), next: from < others.length && { from } };
            },
            cells: one => [
                named(one),
                texts.word('level', one.level),
                [label({ DECIDED: 'green', OUTRANKED: 'blue', SKIPPED: 'grey' }[one.outcome], t(`trace.${one.outcome}`)),
                    one.because && ` ${because(one.because)}`]],
        }, texts);
    }

    /** A rule by its name, or by what it says; for who may read rules with the way to its history. */
    function named(one) {
        const known = nameOf(one) || one.rule;
        if (!may(READ)) return known;
        const link = h('a', { href: address(realm, { do: 'history', rule: one.rule }) }, known);
        if (nameOf(one)) return link;
        if (!unnamed.has(one.rule)) unnamed.set(one.rule, rest.get(`policies/${encodeURIComponent(one.rule)}`));
        unnamed.get(one.rule).then(rule => { link.textContent = said(rule, texts); }, () => {});
        return link;
    }

    /** The server says why in a few fixed words, some of them with a name. */
    function because(text) {
        const [, kind, name] = /^(state|condition) (.+)$/.exec(text) ?? [];
        if (kind === 'state') return texts.word('state', name);
        if (kind === 'condition') return t('trace.condition', { name: t(`form.${name}`) });
        return texts.word('trace', text.replaceAll(' ', '_'));
    }
}
