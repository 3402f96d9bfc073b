/** One row of the trail in full. */
import { facts, h, label } from './dom.js';
import { nameOfPerson } from './people.js';
import { hash } from './stock.js';

const RULES = 'mfa.mfa_policy.get_mfa_policies';

/** In the order in which people ask: what, when, why, by whom; then whatever else the row has. */
const FIRST = ['event_type', 'timestamp', 'reason', 'outcome', 'user_id', 'actor'];
const NOT_SHOWN = ['details', 'realm_id'];

export const auditRow = (row, context) => named(
    [...FIRST, ...Object.keys(row).filter(name => !FIRST.includes(name) && !NOT_SHOWN.includes(name))], row, context,
    Object.entries(row.details ?? {}).sort(beforeAfter).map(([name, value]) => [context.texts.word('column', name), shown(name, value, context)]));

/** What was stands before what is; else by name. */
const place = name => name === 'before' ? 1 : name === 'after' ? 2 : 0;
const beforeAfter = ([one], [other]) => place(one) - place(other) || one.localeCompare(other);

/** As much of it as says that it is there. */
export const auditNote = (row, context) => named(['event_type', 'timestamp', 'reason', 'event_id'], row, context, []);

const named = (names, row, context, more) => facts(names
    .filter(name => row[name] !== undefined && row[name] !== '')
    .map(name => [context.texts.word('column', name), shown(name, row[name], context)]).concat(more));

function shown(name, value, context) {
    const { texts } = context;
    if (name === 'event_type') return texts.word('event', value);
    if (name === 'timestamp') return texts.moment(value);
    if (name === 'method') return texts.word('method', value);
    if (name === 'outcome') return texts.word('outcome', value);
    if (name === 'mfa_policy_level') return texts.word('level', value);
    if (['user_id', 'actor', 'owner'].includes(name)) return whom(value, context);
    if (['locked_until', 'grace_until'].includes(name)) return texts.moment(value * 1000);
    if (name === 'rule' && context.may(RULES)) return h('a', { href: `${hash(context.realm, 'mfa', 'policy')}?do=history&rule=${encodeURIComponent(value)}` }, value);
    if (name === 'action_type') return action(value, context);
    return long(value);
}

/** A person by name and id: the one is for people, the other stays. */
function whom(id, { rest }) {
    const text = h('span', {}, id);
    nameOfPerson(rest, id).then(name => name && text.prepend(`${name} · `));
    return text;
}

/** An action by its name and what people approve; of one that is in the catalogue no more, that it is deleted. */
function action(type, { rest, texts, may }) {
    const text = h('span', {}, h('code', {}, type));
    if (may(RULES)) {
        rest.get(`actions/${encodeURIComponent(type)}`).then(found => text.append(` · ${found.description ?? ''}`),
            problem => problem.status === 404 && text.append(' ', label('grey', texts.t('audit.deleted'))));
    }
    return text;
}

/** What was before and after is JSON, which nobody reads in one line. */
function long(value) {
    const json = typeof value === 'object' ? value : parsed(value);
    return json ? h('pre', { class: 'mfa-json', tabindex: '0' }, JSON.stringify(json, null, 2)) : String(value);
}

function parsed(text) {
    if (!/^\s*[[{]/.test(text)) return undefined;
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
