/** The rules as sentences, level by level, in the order in which they decide. */
import { card, h, label } from './dom.js';

const LEVELS = ['USER', 'GROUP', 'TENANT', 'GLOBAL'];
const PAGE = 100;

export async function policy({ rest, texts }) {
    const t = texts.t.bind(texts);
    const answer = await rest.get('policies', { max: PAGE });
    const rules = answer.rules ?? answer.policies ?? [];
    return [
        h('p', { class: 'mfa-text' }, t('policy.order')),
        ...LEVELS.map(level => {
            const here = rules.filter(rule => levelOf(rule) === level);
            return card(texts.word('levels', level), here.length === 0
                ? h('p', { class: 'mfa-note' }, t('policy.none'))
                : h('ul', { class: 'mfa-rules' }, here.map(rule => h('li', { class: 'mfa-rule' }, sentence(rule, texts)))));
        }),
    ];
}

const levelOf = ({ scope = {} }) => scope.user ? 'USER' : scope.group ? 'GROUP' : scope.organization ? 'TENANT' : 'GLOBAL';

/** One rule as somebody would say it. */
function sentence(rule, texts) {
    const t = texts.t.bind(texts);
    const { scope = {}, when = {} } = rule;
    const who = scope.user ? t('rule.user', { name: scope.user })
        : scope.group ? t('rule.group', { name: scope.group })
            : scope.organization ? t('rule.organization', { name: scope.organization }) : t('rule.everybody');
    const what = !rule.required ? t('rule.notRequired')
        : rule.methods?.length ? t('rule.methods', { methods: rule.methods.map(method => texts.word('method', method)).join(', ') })
            : t(`rule.${rule.strength ?? 'ANY'}`);
    const conditions = Object.entries(when).filter(([, values]) => values.length > 0)
        .map(([name, values]) => t(`rule.${name}`, { values: values.join(', ') }));
    const days = rule.grace && [rule.grace.days && t('rule.days', { count: rule.grace.days }),
        rule.grace.skips && t('rule.skips', { count: rule.grace.skips })].filter(Boolean).join(', ');
    const look = { ENFORCED: 'green', REPORT_ONLY: 'blue', DISABLED: 'grey' }[rule.state ?? 'ENFORCED'];
    return [
        h('p', {}, h('strong', {}, rule.name || t('rule.unnamed')), ' ', label(look, texts.word('state', rule.state ?? 'ENFORCED'))),
        h('p', {}, t('rule.sentence', { who, what }), conditions.length > 0 && ` ${t('rule.when', { conditions: conditions.join('; ') })}`),
        h('p', { class: 'mfa-note' }, [
            rule.max_age !== undefined && t('rule.maxAge', { seconds: texts.number(rule.max_age) }),
            days && t('rule.grace', { time: days }),
            rule.valid_until && t('rule.until', { time: texts.time(rule.valid_until) }),
            rule.reason && t('rule.because', { reason: rule.reason }),
        ].filter(Boolean).join(' · ')),
    ];
}
