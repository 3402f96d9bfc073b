/** How far the realm is: one number, its way there, who is missing, who is locked, and what does not work. */
import { chart } from './chart.js';
import { card, empty, facts, h } from './dom.js';
import { health, refusals, spend } from './health.js';
import { list, part } from './list.js';
import { hash } from './stock.js';

const DAYS = 90;
const PAGE = 20;

export function overview(context) {
    const { rest, texts, realm } = context;
    const t = texts.t.bind(texts);
    const from = new Date(Date.now() - DAYS * 86_400_000).toISOString().slice(0, 10);
    const refused = h('div', {});
    const spent = h('div', {});
    const sms = card(t('overview.sms'), spent);
    sms.hidden = true;
    const n = value => texts.number(value);

    const person = one => h('a', { href: hash(realm, 'users', one.user_id, 'mfa') }, one.username);
    const people = (state, headings, cells, none) => list({
        name: t(`overview.${state}`), headings, cells, none,
        page: async after => {
            const answer = await rest.get('coverage/users', { state, after, max: PAGE });
            return { rows: answer.users, next: answer.next };
        },
    }, texts);

    /** To count very many people takes its time, in which everything else is there already. */
    async function counted() {
        const now = await rest.get('coverage');
        refused.replaceChildren(...refusals(now.refused, texts));
        return now;
    }

    async function looked() {
        const sound = await rest.get('health');
        sms.hidden = !sound.sms.sender;
        spent.replaceChildren(spend(sound.sms, texts));
        return sound;
    }

    return h('div', { class: 'mfa-grid' },
        card(t('overview.coverage'), part(counted, now => [
            h('p', { class: 'mfa-number', 'data-testid': 'mfa-coverage' }, `${n(now.enrolled_percent)} %`),
            h('p', {}, t('overview.coverageText', { enrolled: n(now.enrolled), users: n(now.users) })),
            facts([
                [t('overview.required'), t('overview.of', { some: n(now.required_enrolled), all: n(now.required) })],
                [t('overview.required_missing'), n(now.required_missing)],
                [t('overview.exempt'), n(now.exempt)],
                [t('overview.in_grace'), n(now.in_grace)],
                [t('overview.phishing_resistant'), n(now.phishing_resistant)],
                [t('overview.sms_only'), n(now.sms_only)],
            ])], texts)),
        card(t('overview.history'), part(() => rest.get('coverage/history', { from }), past => past.days.length < 2
            ? empty(t('overview.noHistory'), t('overview.noHistoryText'))
            : chart(past.days, texts), texts)),
        card(t('overview.required_missing'), people('required_missing',
            [t('column.user'), t('overview.methods')],
            one => [person(one), one.methods.map(method => texts.word('method', method)).join(', ') || t('overview.nothing')],
            [t('overview.nobodyMissing'), t('overview.nobodyMissingText')])),
        card(t('overview.locked'), people('locked',
            [t('column.user'), t('user.locked')],
            one => [person(one), texts.time(one.locked_until)],
            [t('overview.nobodyLocked')])),
        card(t('overview.health'), refused, part(looked, sound => health(sound, context), texts)),
        sms);
}
