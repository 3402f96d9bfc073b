/** A rule as a form, with everything that a rule can say. What it would do is shown before it is saved (preview.js). */
import { failure } from './dialog.js';
import { alert, button, card, complaint, field, h, oneLine, tick } from './dom.js';
import { dropDraft, keepTyped, keptDraft, returned } from './drafts.js';
import { DELETE, link } from './policy.js';
import { offering, several } from './pick.js';
import { preview } from './preview.js';
import { CONDITIONS, levelOf, nameOf, reported, UNITS, unitOf } from './rule.js';
import { Problem } from './rest.js';

const METHODS = ['WEBAUTHN', 'TOTP', 'SMS_OTP'];
const SCOPES = ['everybody', 'group', 'organization', 'user'];
const DEMANDS = ['ANY', 'NO_SMS', 'PHISHING_RESISTANT', 'NONE'];
const STATES = ['ENFORCED', 'REPORT_ONLY', 'DISABLED'];

/** What `do` of the address means: new, edit, enforce, restore or delete. */
export async function form(context, query, signal) {
    const { rest } = context;
    const [act, id] = [query.get('do'), query.get('rule')];
    const draft = keptDraft();
    const seen = id && await rest.get(`policies/${encodeURIComponent(id)}`)
        .catch(gone => { if (gone.status === 404 && act === 'restore') return undefined; throw gone; });
    const body = h('div', { class: 'mfa-rule-page' });
    const restart = async () => {
        forget();
        const anew = await form(context, query, signal).catch(problem => failure(problem, context.texts));
        whole.replaceWith(anew);
        anew.querySelector('[tabindex="-1"]')?.focus();
    };
    /** What is typed is saved, or not wanted. */
    const forget = () => {
        page.typed = () => undefined;
        dropDraft();
    };
    const whole = h('div', {}, returned(draft, restart, context.texts), body);
    const page = { context, body, seen, id, signal, restart, forget };
    if (act === 'delete') preview(page, { rule: seen, act, why: draft?.why });
    else {
        page.begun = await begin(context, query, seen, act);
        edit(page, page.begun, act);
        const { rule, why } = draft?.rule ? draft : { rule: page.begun };
        if (draft?.rule) page.seen = draft.seen ?? seen;
        if (rule !== page.begun) edit(page, rule, act);
        if (why !== undefined || !draft?.rule && (act === 'enforce' || act === 'restore')) preview(page, { rule, act, why, back: () => edit(page, rule, act) });
    }
    if (draft) dropDraft();
    keepTyped(whole, signal, () => page.typed());
    return whole;
}

/** What the form begins with. */
async function begin({ rest }, query, seen, act) {
    if (act === 'enforce') return { ...seen, state: 'ENFORCED' };
    if (act === 'restore') {
        const { history } = await rest.get(`policies/${encodeURIComponent(query.get('rule'))}/history`);
        const past = history.find(one => one.after && String(one.version) === query.get('version'));
        if (!past) throw new Problem(404, { error: 'MFA_POLICY_NOT_FOUND' });
        return { ...past.after, version: seen?.version };
    }
    if (seen) return seen;
    return query.get('kind') === 'exception' ? { required: false, scope: { group: '' } } : { required: true, strength: 'ANY' };
}

/** Shows the form with this rule in it. `problems` are those of the server, each with the path of its field. */
export function edit(page, rule, act, problems = []) {
    const { context, body } = page;
    const { texts, rest } = context;
    const t = texts.t.bind(texts);
    const slots = new Map();

    const input = (name, value, more = {}) => h('input', { type: 'text', name, value: value ?? '', autocomplete: 'off', ...more });
    const choice = (name, values, kind, value) => h('select', { name },
        values.map(one => h('option', { value: one, selected: one === value }, t(`${kind}.${one}`))));
    /** A field with room beside it for what is wrong with it. */
    const entry = (path, control, help, ...more) => {
        const group = field(t(path === 'scope.organization' ? 'form.inOrganization' : `form.${path}`), control, help);
        const wrong = complaint(control, `mfa-wrong-${path}`);
        slots.set(path, { ...wrong, control });
        group.lastChild.append(...more.flat().filter(Boolean), wrong.slot);
        return group;
    };

    const kind = levelKind(rule);
    const scope = choice('scope', SCOPES, 'form.scope', kind);
    const named = input('scope_name', kind === 'everybody' ? '' : rule.scope?.[kind]);
    const inside = input('organization', kind === 'organization' ? '' : rule.scope?.organization);
    const demand = choice('demand', DEMANDS, 'form.demand', rule.required ? rule.strength ?? 'ANY' : 'NONE');
    const methods = METHODS.map(method => tick(texts.word('method', method), `method_${method}`, rule.methods?.includes(method)));
    const conditions = Object.fromEntries(CONDITIONS.map(name => [name, several(name, rule.when?.[name] ?? [], texts, name, rest)]));
    const [unit, factor] = unitOf(rule.max_age ?? 3600);
    const age = input('max_age', rule.max_age && rule.max_age / factor, { type: 'number', min: 1 });
    const ageUnit = h('select', { name: 'unit', 'aria-label': t('form.unit') },
        UNITS.map(([name]) => h('option', { value: name, selected: name === unit }, t(`unit.${name}`))));
    const days = input('days', rule.grace?.days, { type: 'number', min: 1, max: 90 });
    const skips = input('skips', rule.grace?.skips, { type: 'number', min: 1, max: 100 });
    const from = input('valid_from', local(rule.valid_from), { type: 'datetime-local' });
    const until = input('valid_until', local(rule.valid_until), { type: 'datetime-local' });
    // to switch off what is required is to delete it
    const requires = page.seen?.required && (page.seen.state ?? 'ENFORCED') === 'ENFORCED';
    const states = STATES.filter(one => one === 'ENFORCED' || one === rule.state || !requires || context.may(DELETE));
    const state = choice('state', states, 'form.state', rule.state ?? 'ENFORCED');
    const refresh = tick(t('form.takes_effect'), 'takes_effect', rule.takes_effect === 'NEXT_REFRESH', t('form.takes_effectHelp'));
    const reason = h('textarea', { name: 'reason', rows: 2, maxlength: 255 });
    reason.value = rule.reason ?? '';
    const name = input('name', nameOf(rule), { maxlength: 100 });
    const owner = input('owner', rule.owner);

    const nameGroup = entry('scope.name', named, t('form.scope.nameHelp'), offering(named, () => scope.value, rest));
    const insideGroup = entry('scope.organization', inside, t('form.inOrganizationHelp'), offering(inside, () => 'organization', rest));
    const ownerGroup = entry('owner', owner, t('form.ownerHelp'), offering(owner, () => 'user', rest));
    const methodsGroup = h('fieldset', { class: 'mfa-fieldset' }, h('legend', {}, t('form.methods')), methods);
    slots.set('methods', { ...complaint(methodsGroup), control: methodsGroup });
    methodsGroup.append(slots.get('methods').slot);
    const untilGroup = entry('valid_until', until, t('form.valid_untilHelp'));
    const graceGroup = h('div', { class: 'mfa-pair' }, entry('grace.days', days, t('form.grace.daysHelp')), entry('grace.skips', skips, t('form.grace.skipsHelp')));
    const help = h('p', { class: 'mfa-note' });
    const title = h('h2', { class: 'c-title m-lg', tabindex: '-1' });
    const wrong = h('div', { 'aria-live': 'polite', class: 'mfa-outcome' });

    const made = h('form', { class: 'c-form mfa-form', novalidate: true, 'data-testid': 'mfa-rule-form' },
        card(t('form.who'), h('div', { class: 'mfa-pair' }, entry('scope', scope), nameGroup)),
        card(t('form.must'), entry('demand', demand), help),
        card(t('form.time'), h('div', { class: 'mfa-pair' }, entry('valid_from', from, t('form.valid_fromHelp')),
            untilGroup)),
        card(t('form.why'), h('div', { class: 'mfa-form' }, entry('reason', reason, t('form.reasonHelp')), ownerGroup)),
        more(t('form.conditions'), t('form.conditionsHelp'), Object.values(rule.when ?? {}).some(values => values.length > 0) || rule.scope?.organization && kind !== 'organization',
            insideGroup, CONDITIONS.map(one => entry(`when.${one}`, conditions[one].input, t(`form.when.${one}Help`), conditions[one].more))),
        more(t('form.more'), t('form.moreHelp'), rule.methods || rule.max_age || rule.grace || rule.name || rule.state && rule.state !== 'ENFORCED',
            entry('name', name), methodsGroup, entry('max_age', age, t('form.max_ageHelp'), h('span', { class: 'c-form-control mfa-unit' }, ageUnit)),
            graceGroup, entry('state', state, t('form.stateHelp'),
                rule.report && h('p', { class: 'mfa-note' }, reported(rule, texts))), refresh),
        wrong,
        h('div', { class: 'mfa-buttons' },
            button('primary', t('form.preview'), undefined, { type: 'submit', 'data-testid': 'mfa-preview' }),
            link(context, {}, 'link', t('dialog.cancel'), { onclick: page.forget })));

    scope.addEventListener('change', dependent);
    demand.addEventListener('change', dependent);
    made.addEventListener('submit', event => {
        event.preventDefault();
        const written = read();
        const missing = check(written);
        mark(missing);
        if (missing.length === 0) preview(page, { rule: written, act, back: found => edit(page, written, act, found) });
    });
    dependent();
    body.replaceChildren(title, made);
    mark(problems);
    page.untouched ??= JSON.stringify(read());
    page.typed = () => {
        const written = read();
        return JSON.stringify(written) === page.untouched ? undefined : { rule: written, seen: page.seen };
    };

    function dependent() {
        nameGroup.hidden = scope.value === 'everybody';
        nameGroup.querySelector('label').firstChild.textContent = nameGroup.hidden ? '' : t(`form.scope.${scope.value}Name`);
        insideGroup.hidden = !['user', 'group'].includes(scope.value);
        const required = demand.value !== 'NONE';
        methodsGroup.disabled = !required;
        graceGroup.hidden = !required;
        const exempts = !required && scope.value !== 'everybody';
        ownerGroup.hidden = !exempts;
        title.textContent = t(act === 'new' && exempts ? 'policy.newException' : `form.title.${act}`);
        untilGroup.querySelector('.mfa-help').textContent = t(exempts ? 'form.untilMissing' : 'form.valid_untilHelp');
        help.textContent = required ? '' : t(scope.value === 'everybody' ? 'form.nobodyMust' : 'form.exception');
    }

    /** The rule as it is written now. */
    function read() {
        const required = demand.value !== 'NONE';
        const whom = named.value.trim();
        const where = insideGroup.hidden ? '' : inside.value.trim();
        const checked = METHODS.filter(method => made.elements[`method_${method}`].checked);
        const when = Object.entries(conditions).map(([condition, of]) => [condition, of.values()]).filter(([, values]) => values.length > 0);
        return clean({
            id: rule.id ?? page.id ?? undefined,
            version: page.seen?.version,
            name: name.value.trim() || undefined,
            scope: scope.value === 'everybody' ? undefined : clean({ [scope.value]: whom, organization: scope.value === 'organization' ? whom : where || undefined }),
            required,
            strength: required ? demand.value : 'ANY',
            methods: required && checked.length > 0 ? checked : undefined,
            when: when.length > 0 ? Object.fromEntries(when) : undefined,
            max_age: whole(age) && whole(age) * UNITS.find(([one]) => one === ageUnit.value)[1],
            grace: required && (whole(days) || whole(skips)) ? clean({ days: whole(days), skips: whole(skips) }) : undefined,
            state: state.value,
            takes_effect: made.elements.takes_effect.checked ? 'NEXT_REFRESH' : 'NEXT_SIGN_IN',
            valid_from: instant(from, rule.valid_from),
            valid_until: instant(until, rule.valid_until),
            reason: oneLine(reason) || undefined,
            owner: ownerGroup.hidden ? undefined : owner.value.trim() || undefined,
        });
    }

    /** What can be seen without the server. */
    function check(written) {
        const exempts = !written.required && written.scope;
        return [
            scope.value !== 'everybody' && !named.value.trim() && ['scope.name', t('form.missing')],
            !written.reason && ['reason', t(exempts ? 'form.reasonMissing' : 'form.missing')],
            exempts && !written.valid_until && ['valid_until', t('form.untilMissing')],
            written.valid_until && new Date(written.valid_until) <= new Date() && ['valid_until', t('form.untilPast')],
            written.valid_from && written.valid_until && written.valid_from >= written.valid_until && ['valid_until', t('form.untilBefore')],
            ...[age, days, skips].map(one => !one.validity.valid && [{ max_age: 'max_age', days: 'grace.days', skips: 'grace.skips' }[one.name], one.validationMessage]),
        ].filter(Boolean);
    }

    /** Writes what is wrong beside its field and goes to the first of them; what has no field stands below. */
    function mark(found) {
        const at = path => path === 'scope.organization' && insideGroup.hidden ? 'scope.name' : path;
        slots.forEach(({ say, control }, path) => {
            const texts = found.filter(([one]) => at(one) === path).map(([, text]) => text);
            say(...texts);
            if (texts.length > 0) control.closest('details')?.setAttribute('open', '');
        });
        const rest = found.filter(([path]) => !slots.has(at(path)));
        wrong.replaceChildren(...found.length > 0 ? [alert('danger', t('form.wrong'), rest.map(([path, text]) => h('p', {}, `${path}: `, text)))] : []);
        made.querySelector('[aria-invalid]')?.focus();
    }
}

const more = (title, help, open, ...content) =>
    h('details', { class: 'c-card mfa-card mfa-more', open: Boolean(open) },
        h('summary', { class: 'c-card__title' }, h('span', { class: 'c-card__title-text' }, title), ' ', h('span', { class: 'mfa-note' }, help)),
        h('div', { class: 'c-card__body mfa-form' }, content));

const levelKind = rule => ({ USER: 'user', GROUP: 'group', TENANT: 'organization', GLOBAL: 'everybody' })[
    rule.scope && 'group' in rule.scope ? 'GROUP' : levelOf(rule)];

const clean = object => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

const whole = control => control.value === '' ? undefined : Number(control.value);

/** A time as its field writes it: the reader's own, to the minute. */
const local = iso => {
    if (!iso) return '';
    const time = new Date(iso);
    return new Date(time - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** What was not touched keeps its seconds. */
const instant = (control, before) => control.value === '' ? undefined
    : control.value === local(before) ? before : new Date(control.value).toISOString().replace('.000', '');
