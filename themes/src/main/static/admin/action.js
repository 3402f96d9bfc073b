/** One action as a form: the sentence that people approve, its details, and what proves it. */
import { failure, inEnglish, reasonField } from './dialog.js';
import { alert, attend, button, card, complaint, facts, field, h, tick } from './dom.js';
import { dropDraft, keepTyped, keptDraft, returned } from './drafts.js';
import { personOf } from './people.js';
import { address, told, WRITE } from './policy.js';
import { prove } from './signin.js';

const METHODS = ['WEBAUTHN', 'TOTP', 'SMS_OTP'];
const STRENGTHS = ['ANY', 'NO_SMS', 'PHISHING_RESISTANT'];
const KINDS = ['TEXT', 'NUMBER', 'BOOLEAN', 'TEXTS'];
const LANGUAGES = ['de', 'fr', 'es'];

export async function action(context, query, signal) {
    const { rest, texts, realm, may } = context;
    const t = texts.t.bind(texts);
    const [act, type] = [query.get('do'), query.get('type')];
    const draft = keptDraft();
    const stored = type ? await rest.get(`actions/${encodeURIComponent(type)}`) : undefined;
    // what was seen before a sign-in, so that a change meanwhile is found
    let seen = draft?.seen ?? stored;
    const begun = draft?.action ?? seen ?? {};
    const deleting = act === 'delete';
    const slots = new Map();
    let detail = 0;
    const outcome = h('div', { 'aria-live': 'polite', class: 'mfa-outcome' });

    const input = (name, value, more = {}) => h('input', { type: 'text', name, value: value ?? '', autocomplete: 'off', ...more });
    const entry = (path, control, help, text = t(`action.${path}`)) => {
        const group = field(text, control, help);
        slots.set(path, complaint(control, `mfa-wrong-${path}`));
        group.lastChild.append(slots.get(path).slot);
        return group;
    };
    const area = (name, value, rows = 2, max = 300) => {
        const made = h('textarea', { name, rows, maxlength: max });
        made.value = value ?? '';
        return made;
    };
    const select = (name, values, kind, chosen, more = {}) => h('select', { name, ...more },
        values.map(value => h('option', { value, selected: value === chosen }, t(`${kind}.${value}`))));

    const named = input('type', begun.type, { readonly: Boolean(seen) });
    const description = area('description', begun.description);
    const languages = [...new Set([...LANGUAGES, ...Object.keys(begun.translations ?? {})])];
    const translations = Object.fromEntries(languages.map(language => [language, area(`text_${language}`, begun.translations?.[language])]));
    const details = h('div', { class: 'mfa-form' });
    const strength = select('strength', STRENGTHS, 'form.demand', begun.strength ?? 'ANY');
    const methods = METHODS.map(method => tick(texts.word('method', method), `method_${method}`, begun.methods?.includes(method)));
    const age = input('max_age', begun.max_age, { type: 'number', min: 1 });
    const ttl = input('ttl', begun.ttl, { type: 'number', min: 10, max: 600 });
    const why = reasonField('why', draft?.why, texts);
    const add = button('secondary m-small', t('action.addField'), () => addDetail({}).focus(), { 'data-testid': 'mfa-add-field' });
    (begun.fields ?? []).forEach(addDetail);

    const go = button(deleting ? 'danger' : 'primary', t(deleting ? 'preview.delete' : 'preview.save'), undefined,
        { type: 'submit', 'data-testid': 'mfa-save' });
    const form = h('form', { class: 'c-form mfa-form', novalidate: true, 'data-testid': 'mfa-action-form' },
        deleting ? card(t('preview.goes'), facts([[t('action.type'), seen.type], [t('action.description'), seen.description]]),
            h('p', {}, t('action.deleteText'))) : [
            card(t('action.what'), h('div', { class: 'mfa-form' }, entry('type', named, t('action.typeHelp')),
                entry('description', description, t('action.descriptionHelp')),
                languages.map(language => entry(`translations.${language}`, translations[language], undefined,
                    `${t('action.in')} ${new Intl.DisplayNames([document.documentElement.lang || 'en'], { type: 'language' }).of(language)}`)))),
            card(t('action.fields'), h('p', { class: 'mfa-note' }, t('action.fieldsHelp')), details, add),
            card(t('form.must'), h('div', { class: 'mfa-form' }, entry('strength', strength, undefined, t('form.demand')),
                h('fieldset', { class: 'mfa-fieldset' }, h('legend', {}, t('action.methods')), methods),
                h('div', { class: 'mfa-pair' }, entry('max_age', age, t('action.max_ageHelp')), entry('ttl', ttl, t('action.ttlHelp')))))],
        card(t('preview.why'), h('div', { class: 'mfa-form' }, why.group), outcome,
            h('div', { class: 'mfa-buttons' }, may(WRITE) && go, h('a', { class: 'c-button m-link', href: address(realm, {}, 'actions'), onclick: forget }, t('dialog.cancel')))));
    form.addEventListener('submit', event => {
        event.preventDefault();
        if (may(WRITE)) save();
    });
    if (draft) dropDraft();
    let untouched = draft ? undefined : written();
    keepTyped(form, signal, () => untouched === written() || !may(WRITE) ? undefined : { action: deleting ? seen : read(), seen, why: why.control.value });
    return [returned(draft, anew, texts), h('h2', { class: 'c-title m-lg', tabindex: '-1' }, t(`action.title.${act}`)), form];

    /** All that stands here. */
    function written() {
        return JSON.stringify([!deleting && read(), why.control.value]);
    }

    /** What is typed is saved, or not wanted. */
    function forget() {
        untouched = written();
        dropDraft();
    }

    async function anew() {
        const body = form.parentElement;
        forget();
        body.replaceChildren(...(await action(context, query, signal).catch(problem => [failure(problem, texts)])).filter(Boolean));
        body.querySelector('[tabindex="-1"]')?.focus();
    }

    function addDetail(one) {
        const name = input('field', one.name, { 'aria-label': t('action.field'), placeholder: t('action.field') });
        const row = h('div', { class: 'mfa-detail', role: 'group', 'aria-label': t('action.detail', { number: ++detail }) },
            h('span', { class: 'c-form-control' }, name),
            h('span', { class: 'c-form-control' }, select('kind', KINDS, 'action.kind', one.kind ?? 'TEXT', { 'aria-label': t('action.kind') })),
            tick(t('action.required'), 'required', one.required ?? true), tick(t('action.shown'), 'shown', one.shown ?? true),
            button('link m-inline', t('action.removeField'), () => {
                const next = row.nextElementSibling ?? row.previousElementSibling;
                row.remove();
                (next?.querySelector('input') ?? add).focus();
            }));
        details.append(row);
        return name;
    }

    function read() {
        const checked = METHODS.filter(method => form.elements[`method_${method}`].checked);
        const said = languages.map(language => [language, translations[language].value.trim()]).filter(([, text]) => text);
        return Object.fromEntries(Object.entries({
            type: named.value.trim(),
            description: description.value.trim(),
            translations: said.length > 0 ? Object.fromEntries(said) : undefined,
            fields: [...details.children].map(row => ({
                name: row.querySelector('[name=field]').value.trim(), kind: row.querySelector('[name=kind]').value,
                required: row.querySelector('[name=required]').checked, shown: row.querySelector('[name=shown]').checked })),
            strength: strength.value,
            methods: checked.length > 0 ? checked : undefined,
            max_age: age.value === '' ? undefined : Number(age.value),
            ttl: ttl.value === '' ? undefined : Number(ttl.value),
            version: seen?.version,
        }).filter(([, value]) => value !== undefined));
    }

    async function save() {
        const wanted = deleting ? seen : read();
        const missing = [!wanted.type && ['type', t('form.missing')], !wanted.description && ['description', t('form.missing')],
            ...[age, ttl].map(one => !deleting && !one.validity.valid && [one.name, one.validationMessage])].filter(Boolean);
        mark(missing);
        const reason = missing.length === 0 && why.read();
        if (!reason) return;
        go.disabled = true;
        try {
            const path = `actions/${encodeURIComponent(wanted.type)}`;
            if (deleting) await rest.delete(path, { version: seen.version, reason });
            else await rest.put(path, wanted, { reason });
            forget();
            told('success', t(deleting ? 'action.deleted' : 'action.saved'), address(realm, {}, 'actions'));
        } catch (problem) {
            outcome.replaceChildren(await refused(problem, wanted).catch(second => failure(second, texts)));
            outcome.scrollIntoView({ block: 'nearest' });
        } finally {
            go.disabled = false;
            attend(outcome);
        }
    }

    async function refused(problem, written) {
        if (problem.wantsProof) {
            return alert('warning', t('proof.title'), h('p', {}, t('proof.text')),
                button('primary', t('proof.go'), () => prove({ action: written, seen, why: why.control.value }), { 'data-testid': 'mfa-prove' }));
        }
        const found = (problem.problems ?? []).map(text => /^\$\.(?:actions\[0\]\.)?([\w.]+)\S*: (.*)$/s.exec(text)).filter(Boolean).map(([, path, text]) => [path, inEnglish(text)]);
        if (problem.status === 400 && found.length > 0) {
            mark(found);
            return alert('danger', t('form.wrong'), found.filter(([path]) => !slots.has(path)).map(([path, text]) => h('p', {}, `${path}: `, text)));
        }
        if (problem.name !== 'POLICY_CONFLICT' || !/has version/.test(problem.problems[0])) return failure(problem, texts);
        if (!seen) return alert('danger', t('action.exists', { name: written.type }));
        const newer = await rest.get(`actions/${encodeURIComponent(written.type)}`);
        return alert('warning', t('conflict.title', { who: await personOf(rest, newer.changed_by) ?? t('history.server'), time: texts.time(newer.changed_at) }),
            h('p', {}, newer.description), h('p', {}, t('conflict.text')),
            button('secondary', t('action.over'), () => {
                seen = newer;
                outcome.replaceChildren();
                go.focus();
            }, { 'data-testid': 'mfa-mine' }));
    }

    function mark(found) {
        slots.forEach(({ say }, path) => say(...found.filter(([one]) => one === path).map(([, text]) => text)));
        form.querySelector('[aria-invalid]')?.focus();
    }
}
