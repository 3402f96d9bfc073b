/** The trail: filters that stand in the address, pages by the server's cursor, each row in full on demand. */
import { alert, button, card, field, h, label } from './dom.js';
import { list } from './list.js';
import { auditRow } from './row.js';
import { hash } from './stock.js';

const PAGE = 25;
const TYPES = ['verified', 'failed', 'locked', 'unlocked', 'enrollment_started', 'activated', 'deactivated', 'challenge_created',
    'recovery_used', 'recovery_reset', 'pass_issued', 'device_trusted', 'device_ended', 'sessions_ended', 'grace_ended', 'approval_spent',
    'skipped', 'token_refused', 'policy_created', 'policy_updated', 'policy_deleted', 'settings_changed', 'audit_read', 'audit_exported',
    'audit_pruned', 'evidence_exported', 'coverage_read', 'outbox_resent', 'outbox_expired', 'person_erased', 'notice_failed'].map(name => `auth.mfa_${name}`);

export function audit(context, query) {
    const { rest, texts, realm } = context;
    const t = texts.t.bind(texts);
    const asked = Object.fromEntries(query);
    const names = new Map();

    const rows = list({
        name: t('page.audit'),
        headings: [t('column.timestamp'), t('column.event_type'), t('column.user'), t('column.actor'), t('column.outcome'), ''],
        page: async after => {
            const { from, to, ...filters } = asked;
            const page = await rest.get('audit', { ...filters, from: instant(from), to: instant(to, 1), cursor: after, max: PAGE });
            return { rows: page.rows, next: page.next };
        },
        cells: row => [
            texts.moment(row.timestamp),
            texts.word('event', row.event_type),
            person(row.user_id),
            person(row.actor ?? row.details?.actor),
            label(row.outcome === 'SUCCESS' ? 'green' : 'red', texts.word('outcome', row.outcome)),
            h('details', { class: 'mfa-row' }, h('summary', { 'aria-label': t('audit.detailOf', { event: texts.word('event', row.event_type), time: texts.moment(row.timestamp) }) },
                t('audit.detail')), auditRow(row, texts)),
        ],
        none: [t('audit.nothing'), t('audit.nothingText')],
    }, texts);

    return [card(t('audit.filters'), form()), card(t('page.audit'), h('p', { class: 'mfa-note' }, t('audit.onRecord')), rows)];

    /** A person by name where Keycloak tells it, with the way to his tab. */
    function person(id) {
        if (!id) return '–';
        const link = h('a', { href: hash(realm, 'users', id, 'mfa') }, id.slice(0, 8));
        if (!names.has(id)) names.set(id, rest.stock(`users/${encodeURIComponent(id)}`).then(user => user.username, () => undefined));
        names.get(id).then(name => {
            if (name) link.textContent = name;
            else link.replaceWith(h('span', { title: id }, id.slice(0, 8)));
        });
        return link;
    }

    function form() {
        const problem = h('div', { 'aria-live': 'polite' });
        const type = select('type', TYPES.map(name => [name, texts.word('event', name)]));
        const outcome = select('outcome', ['SUCCESS', 'FAILURE'].map(name => [name, texts.word('outcome', name)]));
        const text = (name, kind = 'text') => h('input', { name, type: kind, value: asked[name] ?? '', autocomplete: 'off' });
        const made = h('form', { class: 'c-form mfa-filters' },
            field(t('column.event_type'), type), field(t('column.outcome'), outcome),
            field(t('audit.user'), text('user')), field(t('audit.actor'), text('actor')),
            field(t('audit.from'), text('from', 'date')), field(t('audit.to'), text('to', 'date')),
            h('div', { class: 'mfa-buttons' }, button('primary', t('audit.search'), undefined, { type: 'submit' }),
                button('link', t('audit.clear'), () => { location.hash = hash(realm, 'mfa', 'audit'); })),
            problem);
        made.addEventListener('submit', async event => {
            event.preventDefault();
            const wanted = [...new FormData(made)].filter(([, value]) => value.trim() !== '').map(([name, value]) => [name, value.trim()]);
            try {
                for (const entry of wanted.filter(([name]) => name === 'user' || name === 'actor')) entry[1] = await idOf(entry[1]);
                location.hash = `${hash(realm, 'mfa', 'audit')}?${new URLSearchParams(wanted)}`;
            } catch (unknown) {
                problem.replaceChildren(alert('danger', unknown.message));
            }
        });
        return made;
    }

    function select(name, options) {
        return h('select', { name }, h('option', { value: '' }, t('audit.any')),
            options.map(([value, text]) => h('option', { value, selected: asked[name] === value }, text)));
    }

    /** People type names, the trail knows ids. */
    async function idOf(text) {
        if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(text)) return text;
        const found = await rest.stock(`users?exact=true&username=${encodeURIComponent(text)}`);
        if (found.length === 0) throw new Error(t('audit.nobody', { name: text }));
        return found[0].id;
    }
}

/** The beginning of a day of the reader's own, or of the one after it. */
const instant = (day, later = 0) => {
    if (!day) return undefined;
    const time = new Date(`${day}T00:00:00`);
    time.setDate(time.getDate() + later);
    return time.toISOString();
};
