/** Every setting with what it does, its bounds and its default; what is wrong stands beside its field. */
import { confirm, failure, inEnglish } from './dialog.js';
import { alert, attend, button, card, complaint, field, h } from './dom.js';
import { dropDraft, keepTyped, keptDraft, returned } from './drafts.js';
import { consequences, mayNot, switched } from './switch.js';

/** In the order of a reader's questions; a name belongs to the first group that it begins with. */
const GROUPS = {
    lock: ['mfa.lockout.'],
    recovery: ['mfa.recovery.', 'mfa.pass.'],
    sms: ['mfa.sms.'],
    sso: ['mfa.sso.'],
    keys: ['mfa.webauthn.'],
    events: ['mfa.events.', 'mfa.audit.'],
    times: ['mfa.claim.', 'mfa.challenge.', 'mfa.approval.', 'mfa.enrollment.ttl', 'mfa.token.'],
    main: [''],
};
const ORDER = ['main', 'lock', 'recovery', 'times', 'sms', 'keys', 'sso', 'events'];

export async function settings(context, query, signal) {
    const { rest, texts } = context;
    const t = texts.t.bind(texts);
    const outcome = h('div', { 'aria-live': 'polite', class: 'mfa-outcome' });
    const form = h('form', { class: 'c-form mfa-form', novalidate: true, 'data-testid': 'mfa-settings' });
    form.addEventListener('submit', event => {
        event.preventDefault();
        save();
    });
    let fields;
    /** The reason of a change that was refused, so that nobody writes it twice. */
    let why = '';
    const draft = keptDraft();
    await draw(draft?.subject);
    const notice = h('div', {}, returned(draft, () => discard(), texts));
    if (draft?.subject) {
        dropDraft();
        if (draft.act) save(draft);
    }
    keepTyped(form, signal, () => {
        const typed = written();
        return Object.keys(typed).length > 0 ? { subject: typed } : undefined;
    });
    return [notice, outcome, form];

    function discard() {
        return draw().then(() => {
            [notice, outcome].forEach(one => one.replaceChildren());
            attend(form);
        }, failed);
    }

    function changes() {
        return [...fields.values()].filter(one => one.value() !== one.setting.value);
    }

    /** What is typed and not in force, by name. */
    function written() {
        return Object.fromEntries(changes().map(one => [one.setting.name, one.value()]));
    }

    /** @param {object} typed what was written and is not in force, by name */
    async function draw(typed = {}) {
        const found = await rest.get('settings');
        fields = new Map(found.settings.map(one => [one.name, entry(one, typed[one.name] ?? one.value, texts)]));
        form.replaceChildren(
            ...found.mirror.length === 0 ? [] : [alert('warning', t('found.settings.WARNING'), found.mirror.map(one => one.name).join(', '))],
            ...ORDER.map(group => card(t(`settings.${group}`), h('div', { class: 'mfa-settings' },
                [...fields].filter(([name]) => groupOf(name) === group).map(([, one]) => one.shown)))),
            h('div', { class: 'mfa-buttons mfa-save' },
                button('primary', t('settings.save'), undefined, { type: 'submit', 'data-testid': 'mfa-save' }),
                button('link', t('settings.discard'), discard, { 'data-testid': 'mfa-discard' })));
    }

    async function save(kept) {
        why = kept?.values?.reason ?? why;
        const changed = changes();
        mark(changed.map(one => [one.setting.name, one.wrong()]).filter(([, text]) => text));
        if (form.querySelector('[aria-invalid]')) return;
        if (changed.length === 0) {
            outcome.replaceChildren(alert('info', t('settings.nothing')));
            return;
        }
        const typed = written();
        const enabled = typed['mfa.enabled'];
        const off = enabled === 'false';
        const points = changed.map(one => t('settings.change', { name: one.label,
            before: worded(one.setting.name, one.setting.value, texts), after: worded(one.setting.name, one.value(), texts) }));
        let refused;
        const done = await confirm({ title: t('act.settings'), confirm: t('settings.save'), danger: off,
            text: t(off ? 'act.undo.text' : 'act.settings.text'),
            points: off ? [...points, ...await consequences(context)] : points,
            run: async ({ reason }) => {
                try {
                    return await rest.put('settings', { reason,
                        settings: Object.fromEntries(changed.map(one => [one.setting.name, one.value() === one.setting.default ? null : one.value()])),
                        seen: Object.fromEntries(changed.map(one => [one.setting.name, one.setting.value])) }).catch(mayNot);
                } catch (problem) {
                    if (!['INVALID_REQUEST', 'POLICY_CONFLICT'].includes(problem.name)) throw problem;
                    refused = problem;
                    why = reason;
                    return undefined;
                }
            } }, texts, { act: 'settings', subject: typed, ...kept, values: { reason: why } });
        if (refused) return refused.name === 'POLICY_CONFLICT' ? stale(refused, typed) : mark(refused.problems.map(text => byField(text, texts)));
        if (!done) return;
        why = '';
        notice.replaceChildren();
        if (enabled !== undefined) switched(context, !off);
        const saved = alert('success', t('act.settings.done'));
        await draw().then(() => outcome.replaceChildren(saved), problem => outcome.replaceChildren(saved, failure(problem, texts)));
        looked();
    }

    /** What was typed stays where it is. */
    function failed(problem) {
        outcome.replaceChildren(failure(problem, texts));
        looked();
    }

    function looked() {
        outcome.scrollIntoView({ block: 'center' });
        attend(outcome);
    }

    /** Writes what is wrong beside its field and goes to the first of them; what has no field stands above. */
    function mark(found) {
        fields.forEach(one => one.mark());
        const others = found.filter(([name, text]) => {
            fields.get(name)?.mark(text);
            return !fields.has(name);
        });
        outcome.replaceChildren(...found.length === 0 ? [] : [alert('danger', t('settings.wrong'), others.map(([, text]) => text))]);
        form.querySelector('[aria-invalid]')?.focus();
    }

    /** What somebody else made of a setting, when and who. */
    function meanwhile(problem) {
        const [, name, value, at, who] = /^\$\.seen\.([a-z.-]+): is (.*?) now(?:, changed at (\S+)(?: by (.*))?)?$/.exec(problem) ?? [];
        if (!name) return inEnglish(problem);
        const setting = { name: fields.get(name)?.label ?? name, value: worded(name, value, texts) };
        return h('p', {}, who ? t('settings.nowBy', { ...setting, who, time: texts.time(at) }) : t('settings.now', setting));
    }

    function stale(problem, typed) {
        outcome.replaceChildren(alert('warning', t('settings.stale'), problem.problems.map(meanwhile),
            button('secondary', t('settings.reload'), () => draw(typed).then(() => {
                outcome.replaceChildren();
                attend(form);
            }, failed), { 'data-testid': 'mfa-reload' })));
        looked();
    }
}

/** "$.settings.mfa.claim.ttl = 0, want 30 to 3600" as the name and what is wrong. */
function byField(problem, texts) {
    const [, name, said] = /^\$\.settings\.([a-z.-]+)(?: = |: )(.*)$/.exec(problem) ?? [undefined, undefined, problem];
    const [, least, most] = /, want (\d+) to (\d+)$/.exec(said) ?? [];
    return [name, least ? texts.t('settings.want', { least: texts.number(least), most: texts.number(most) }) : inEnglish(said)];
}

/** A value as its field calls it. */
const worded = (name, value, texts) => value === '' ? '–' : texts.word(`value.${name}`, value);

const groupOf = name => Object.keys(GROUPS).find(group => GROUPS[group].some(beginning => name.startsWith(beginning)));

function entry(setting, value, texts) {
    const { form = {} } = setting;
    const t = texts.t.bind(texts);
    const known = (kind, otherwise) => {
        const word = texts.word(kind, setting.name);
        return word === setting.name ? otherwise : word;
    };
    const label = known('set', setting.label);
    const control = form.of
        ? h('select', { name: setting.name }, form.of.map(one => h('option', { value: one, selected: one === value }, texts.word(`value.${setting.name}`, one))))
        : h('input', { type: 'text', name: setting.name, value, autocomplete: 'off', inputmode: form.least !== undefined && 'numeric' });
    const shown = field(label, control, [known('why', setting.help), ' ',
        form.least !== undefined && `${t('settings.bounds', { least: texts.number(form.least), most: texts.number(form.most) })} `,
        h('span', { class: 'mfa-default' }, t('settings.default', { value: setting.default === '' ? t('settings.empty') : worded(setting.name, setting.default, texts) }))]);
    const { slot, say } = complaint(control, `mfa-wrong-${setting.name}`);
    shown.lastChild.append(slot);
    const read = () => control.value.trim();
    return {
        setting, label, shown, value: read,
        /** What can be seen without the server. */
        wrong: () => form.least !== undefined && !(/^\d{1,9}$/.test(read()) && read() >= form.least && read() <= form.most)
            && t('settings.want', { least: texts.number(form.least), most: texts.number(form.most) }),
        mark: say,
    };
}
