/** The trail: filters that stand in the address, the rows, and files to take away. */
import { failure } from './dialog.js';
import { alert, button, card, field, h } from './dom.js';
import { files } from './files.js';
import { trail } from './trail.js';
import { hash } from './stock.js';

const TYPES = ['verified', 'failed', 'locked', 'unlocked', 'enrollment_started', 'activated', 'deactivated', 'challenge_created',
    'recovery_used', 'recovery_reset', 'recovery_link_mailed', 'pass_issued', 'device_trusted', 'device_ended', 'sessions_ended', 'grace_ended', 'approval_spent',
    'skipped', 'token_refused', 'policy_created', 'policy_updated', 'policy_deleted', 'exception_ending', 'settings_changed', 'audit_read', 'audit_exported',
    'audit_pruned', 'evidence_exported', 'coverage_read', 'outbox_resent', 'outbox_expired', 'person_erased', 'notice_failed'].map(name => `auth.mfa_${name}`);

export function audit(context, query, signal) {
    const { rest, texts, realm } = context;
    const t = texts.t.bind(texts);
    const asked = Object.fromEntries(query);
    const { from, to, ...others } = asked;
    const filters = { ...others, from: instant(from), to: instant(to, 1) };
    return [card(t('audit.filters'), form()), files(context, filters, signal),
        card(t('page.audit'), h('p', { class: 'mfa-note' }, t('audit.onRecord')), trail(context, filters, signal))];

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
            } catch (wrong) {
                problem.replaceChildren(wrong.nobody ? alert('danger', t('audit.nobody', { name: wrong.nobody })) : failure(wrong, texts));
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
        if (found.length === 0) throw Object.assign(new Error('nobody'), { nobody: text });
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
