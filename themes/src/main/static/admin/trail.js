/** The rows of the trail, newest first: page by page downwards, what is new on top, each in full when somebody wants it. */
import { failure } from './dialog.js';
import { attend, button, empty, h, label, newId, skeleton, table, tableRow } from './dom.js';
import { person } from './people.js';
import { seal } from './proof.js';
import { auditRow } from './row.js';

const PAGE = 25;
const EVERY = 10_000;
/** Rows get their times from the nodes that write them, and may be committed after newer ones. */
const OVERLAP = 30_000;
const NEWS = 100;
/** So many rows are held while the trail is followed: whoever wants older ones asks for them again. */
const MOST = 500;
/** Where no row is known, the clock of the reader is all there is; it may be wrong. */
const DAY = 86_400_000;

/**
 * @param {object} filters of the query, as the server names them; without an end it can be followed
 * @param {AbortSignal} signal ends what is under way when the page is left
 */
export function trail(context, filters, signal) {
    const { rest, texts } = context;
    const t = texts.t.bind(texts);
    const headings = [t('column.timestamp'), t('column.event_type'), t('column.user'), t('column.actor'), t('column.outcome'), ''];
    const known = new Map();
    const shown = table(t('page.audit'), headings, []);
    const rows = shown.querySelector('tbody');
    const below = h('div', { 'aria-live': 'polite' }, skeleton(t('loading')));
    const page = (query, stopped) => rest.get('audit', { ...filters, ...query }, stopped);
    /** What is as old as this was let go. */
    let floor = -Infinity;
    load({});
    return [!filters.to && follow(), shown, below];

    /** @param {object} place cursor, to: behind what is there */
    async function load(place, asked) {
        try {
            const found = await page({ ...place, max: PAGE }, signal);
            const lines = added(found.rows);
            rows.append(...lines);
            below.replaceChildren(...[known.size === 0 && !found.next && empty(t('audit.nothing'), t('audit.nothingText')),
                found.next && older({ ...place, cursor: found.next })].filter(Boolean));
            if (asked) attend(lines[0] ?? below);
        } catch (problem) {
            if (problem.name === 'AbortError') return;
            below.replaceChildren(failure(problem, texts), button('secondary', t('retry'), () => load(place, true)));
            if (asked) attend(below);
        }
    }

    function older(place) {
        const more = button('link', t('list.more'), () => {
            more.disabled = true;
            load(place, true);
        }, { 'data-testid': 'mfa-more' });
        return more;
    }

    /** Lets the oldest rows go, those that are too many and those before `begin`: between them and what came there may be others. */
    function bound(begin) {
        const last = () => known.get(rows.lastElementChild?.previousElementSibling.dataset.event);
        const before = known.size;
        while (last() && (known.size > MOST || Date.parse(last().timestamp) < begin)) {
            known.delete(last().event_id);
            [rows.lastElementChild.previousElementSibling, rows.lastElementChild].forEach(one => one.remove());
        }
        if (known.size === before && begin === undefined) return;
        floor = last() ? Date.parse(last().timestamp) : begin;
        below.replaceChildren(older({ to: new Date(floor + 1).toISOString() }));
    }

    /** The rows of those that are not there yet. */
    function added(found, fresh) {
        const news = found.filter(row => !known.has(row.event_id) && !(fresh && Date.parse(row.timestamp) <= floor));
        news.forEach(row => known.set(row.event_id, row));
        return news.flatMap(row => lines(row, fresh));
    }

    function lines(row, fresh) {
        const id = newId();
        const full = h('tr', { class: 'c-table__tr mfa-full', id, hidden: true }, h('td', { class: 'c-table__td', colspan: headings.length }));
        const open = button('link m-inline', t('audit.detail'), () => {
            full.hidden = !full.hidden;
            open.setAttribute('aria-expanded', String(!full.hidden));
            if (!full.firstChild.hasChildNodes()) full.firstChild.append(auditRow(row, context), ...seal(context, row));
        }, { 'aria-expanded': 'false', 'aria-controls': id, 'data-testid': 'mfa-row-open',
            'aria-label': t('audit.detailOf', { event: texts.word('event', row.event_type), time: texts.moment(row.timestamp) }) });
        return [tableRow(headings, [
            texts.moment(row.timestamp),
            texts.word('event', row.event_type),
            person(context, row.user_id),
            person(context, row.actor ?? row.details?.actor),
            label(row.outcome === 'SUCCESS' ? 'green' : 'red', texts.word('outcome', row.outcome)),
            open,
        ], { class: fresh ? 'mfa-row mfa-fresh' : 'mfa-row', 'data-event': row.event_id }), full];
    }

    /** The button that follows the trail, with what came since, and what is wrong. */
    function follow() {
        let count = 0;
        const news = h('span', { role: 'status', class: 'mfa-note', 'data-testid': 'mfa-tail-news' });
        const last = h('span', { class: 'mfa-note' });
        const trouble = h('div', { 'aria-live': 'polite', class: 'mfa-outcome' });
        const follows = tail({
            page,
            newest: () => known.size === 0 ? undefined : Math.max(...[...known.values()].map(row => Date.parse(row.timestamp))),
            add: (found, begin) => {
                const lines = added(found.filter(row => !filters.from || new Date(row.timestamp) >= new Date(filters.from)), true);
                rows.prepend(...lines);
                bound(begin);
                count += lines.length / 2;
                if (lines.length > 0) news.textContent = t('tail.news', { count: texts.number(count) });
                if (known.size > 0) below.querySelector('.mfa-nothing')?.remove();
                trouble.replaceChildren();
            },
            looked: time => { last.textContent = t('tail.looked', { time: texts.clock(time) }); },
            failed: problem => trouble.replaceChildren(failure(problem, texts), h('p', { class: 'mfa-note' }, t('tail.again'))),
        }, signal);
        let on = false;
        const go = button('secondary m-small', t('tail.start'), () => {
            on = !on;
            go.textContent = t(on ? 'tail.stop' : 'tail.start');
            news.textContent = on ? `${t('tail.on')} ${t('tail.own')}` : '';
            last.textContent = '';
            trouble.replaceChildren();
            if (on) follows.start();
            else follows.stop();
        }, { 'data-testid': 'mfa-tail' });
        return h('div', { class: 'mfa-tail' }, h('div', { class: 'mfa-counting' }, go, news, last), trouble);
    }
}

/**
 * Follows the trail while somebody looks. What could not be read is read the next time: the place from which on it asks moves only by
 * rows that came.
 *
 * @param {object} of `page(query, signal)` (a promise of {rows, next}), `newest()` (its time, if there is one), `add(rows, begin)` (those
 *     that may be new, newest first; where not all that came was read, when the first of them was), `looked(time)`, `failed(problem)`
 * @param {AbortSignal} signal ends it for good
 * @return `start` and `stop`
 */
function tail(of, signal) {
    /** Beginnings that were asked for: the trail says so, and whoever follows it would follow himself. */
    const asked = new Set();
    let on = false;
    let timer;
    let running;
    let since;
    document.addEventListener('visibilitychange', turn);
    signal.addEventListener('abort', () => {
        document.removeEventListener('visibilitychange', turn);
        stop();
    }, { once: true });
    return { start, stop };

    function start() {
        on = true;
        since ??= new Date(of.newest() ?? Date.now() - DAY);
        turn();
    }

    function stop() {
        on = false;
        turn();
    }

    /** Goes on or pauses. */
    function turn() {
        clearTimeout(timer);
        running?.abort();
        running = undefined;
        if (on && !document.hidden) look();
    }

    async function look() {
        const mine = running = new AbortController();
        try {
            const { rows, begin } = await news(mine.signal);
            if (mine.signal.aborted) return;
            since = new Date(Math.max(since, ...rows.map(row => Date.parse(row.timestamp))));
            of.add(rows.filter(row => !own(row)), begin);
            of.looked(new Date());
        } catch (problem) {
            if (mine.signal.aborted) return;
            of.failed(problem);
        }
        timer = setTimeout(look, EVERY);
    }

    async function news(stopped) {
        const from = new Date(since - OVERLAP).toISOString();
        asked.add(Date.parse(from));
        if (asked.size > MOST) asked.delete(asked.values().next().value);
        const rows = [];
        let cursor;
        do {
            const page = await of.page({ from, cursor, max: NEWS }, stopped);
            rows.push(...page.rows);
            cursor = page.next;
        } while (cursor && rows.length < MOST);
        return { rows, begin: cursor && Date.parse(rows.at(-1).timestamp) };
    }

    function own(row) {
        if (row.event_type !== 'auth.mfa_audit_read') return false;
        const [, from] = /"from":"([^"]+)"/.exec(row.details?.filters) ?? [];
        return asked.has(Date.parse(from));
    }
}
