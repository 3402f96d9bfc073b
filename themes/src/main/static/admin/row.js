/** One row of the trail in full. */
import { facts } from './dom.js';

/** In the order in which people ask: what, when, why, by whom; then whatever else the row has. */
const FIRST = ['event_type', 'timestamp', 'reason', 'outcome', 'user_id', 'actor'];
const NOT_SHOWN = ['details', 'realm_id'];

export const auditRow = (row, texts) => named(
    [...FIRST, ...Object.keys(row).filter(name => !FIRST.includes(name) && !NOT_SHOWN.includes(name))], row, texts,
    Object.entries(row.details ?? {})
        .map(([name, value]) => [texts.word('column', name), typeof value === 'object' ? JSON.stringify(value) : String(value)]));

/** As much of it as says that it is there. */
export const auditNote = (row, texts) => named(['event_type', 'timestamp', 'reason', 'event_id'], row, texts, []);

const named = (names, row, texts, more) => facts(names
    .filter(name => row[name] !== undefined && row[name] !== '')
    .map(name => [texts.word('column', name), shown(name, row[name], texts)]).concat(more));

const shown = (name, value, texts) => {
    if (name === 'event_type') return texts.word('event', value);
    if (name === 'timestamp') return texts.moment(value);
    if (name === 'method') return texts.word('method', value);
    if (name === 'outcome') return texts.word('outcome', value);
    return String(value);
};
