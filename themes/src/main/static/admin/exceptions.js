/** The register of exceptions: for whom, why, whose, until when; the next to end come first. */
import { card, h, label } from './dom.js';
import { list } from './list.js';
import { personOf } from './people.js';
import { address, DELETE, link, news, WRITE } from './policy.js';
import { daysLeft, endsSoon } from './remind.js';
import { CONDITIONS, who } from './rule.js';

const PAGE = 50;

export function exceptions(context) {
    const { rest, texts, may } = context;
    const t = texts.t.bind(texts);
    const rules = list({
        name: t('page.exceptions'),
        headings: [t('exceptions.who'), t('exceptions.why'), t('exceptions.owner'), t('exceptions.until'), ''],
        page: async after => {
            const answer = await rest.get('policies', { exceptions: true, after, max: PAGE });
            return { rows: answer.policies, next: answer.next };
        },
        cells: rule => [
            [who(rule, texts), CONDITIONS.filter(name => rule.when?.[name]).map(name =>
                h('p', { class: 'mfa-note' }, t(`rule.${name}`, { values: rule.when[name].join(', ') })))],
            rule.reason,
            owner(rule),
            [texts.time(rule.valid_until), ' ', standing(rule)],
            h('div', { class: 'mfa-buttons' },
                may(WRITE) && deed(rule, 'edit', t('policy.edit')), may(DELETE) && deed(rule, 'delete', t('exceptions.end'))),
        ],
        none: [t('exceptions.nothing'), t('exceptions.nothingText')],
    }, texts);
    return [news(),
        h('p', { class: 'mfa-text' }, t('exceptions.about')),
        may(WRITE) && h('p', { class: 'mfa-buttons' },
            link(context, { do: 'new', kind: 'exception' }, 'primary', t('policy.newException'), { 'data-testid': 'mfa-new-exception' })),
        card(t('page.exceptions'), rules)];

    function deed(rule, act, text) {
        return h('a', { class: 'c-button m-link m-inline', href: address(context.realm, { do: act, rule: rule.id }),
            'aria-label': `${text}: ${who(rule, texts)}`, 'data-testid': `mfa-${act}` }, text);
    }

    function owner(rule) {
        if (rule.owner ?? rule.created_by_name) return rule.owner ?? rule.created_by_name;
        const name = h('span', {}, rule.created_by ? '…' : t('history.server'));
        if (rule.created_by) personOf(rest, rule.created_by).then(known => { name.textContent = known; });
        return name;
    }

    /** Whoever looks here is reminded of what ends soon, and of what is over and can go. */
    function standing(rule) {
        if (rule.state !== 'ENFORCED') return label('grey', texts.word('state', rule.state));
        if (daysLeft(rule) <= 0) return label('grey', t('rule.over'));
        return endsSoon(rule) && label('orange', t('exceptions.soon', { count: texts.number(daysLeft(rule)) }));
    }
}
