/** How far the realm is: one number, its way there, who is missing, who is locked, and what does not work. */
import { chart } from './chart.js';
import { card, empty, facts, h } from './dom.js';
import { health, spend } from './health.js';
import { list } from './list.js';
import { hash } from './stock.js';

const DAYS = 90;
const PAGE = 20;

export async function overview({ rest, texts, realm }) {
    const t = texts.t.bind(texts);
    const from = new Date(Date.now() - DAYS * 86_400_000).toISOString().slice(0, 10);
    const [now, past, sound] = await Promise.all([
        rest.get('coverage'), rest.get('coverage/history', { from }), rest.get('health')]);
    const n = value => texts.number(value);

    const person = one => h('a', { href: hash(realm, 'users', one.user_id, 'mfa') }, one.username);
    const people = (state, headings, cells, none) => list({
        name: t(`overview.${state}`), headings, cells, none,
        page: async after => {
            const answer = await rest.get('coverage/users', { state, after, max: PAGE });
            return { rows: answer.users, next: answer.next };
        },
    }, texts);

    return h('div', { class: 'mfa-grid' },
        card(t('overview.coverage'),
            h('p', { class: 'mfa-number', 'data-testid': 'mfa-coverage' }, `${n(now.enrolled_percent)} %`),
            h('p', {}, t('overview.coverageText', { enrolled: n(now.enrolled), users: n(now.users) })),
            facts([
                [t('overview.required'), t('overview.of', { some: n(now.required_enrolled), all: n(now.required) })],
                [t('overview.required_missing'), n(now.required_missing)],
                [t('overview.exempt'), n(now.exempt)],
                [t('overview.in_grace'), n(now.in_grace)],
                [t('overview.phishing_resistant'), n(now.phishing_resistant)],
                [t('overview.sms_only'), n(now.sms_only)],
            ])),
        card(t('overview.history'), past.days.length < 2
            ? empty(t('overview.noHistory'), t('overview.noHistoryText'))
            : chart(past.days, texts)),
        card(t('overview.required_missing'), people('required_missing',
            [t('column.user'), t('overview.methods')],
            one => [person(one), one.methods.map(method => texts.word('method', method)).join(', ') || t('overview.nothing')],
            [t('overview.nobodyMissing'), t('overview.nobodyMissingText')])),
        card(t('overview.locked'), people('locked',
            [t('column.user'), t('user.locked')],
            one => [person(one), texts.time(one.locked_until)],
            [t('overview.nobodyLocked')])),
        card(t('overview.health'), health(sound, now.refused, texts)),
        sound.sms.sender && card(t('overview.sms'), spend(sound.sms, texts)));
}
