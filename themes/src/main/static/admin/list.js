/** Parts of a page that come when their data are there, and lists that come page by page. */
import { failure } from './dialog.js';
import { attend, button, empty, h, redraw, skeleton, table } from './dom.js';

/** A part of a page that comes when its data are there: `load` is a promise of them; none of its neighbours waits for it. */
export function part(load, draw, texts) {
    const body = h('div', { 'aria-live': 'polite' });
    show();
    return body;

    async function show() {
        redraw(body, skeleton(texts.t('loading')));
        try {
            redraw(body, ...[draw(await load())].flat(3).filter(Boolean));
        } catch (problem) {
            redraw(body, failure(problem, texts), button('secondary', texts.t('retry'), show));
        }
    }
}

/**
 * @param {object} of name, headings, `page(after)` (a promise of {rows, next}), `cells(row)`, none (title and text if it is empty);
 *     with `draw(rows)`, an element with a child for each row, they are something else than a table
 */
export function list(of, texts) {
    const shown = h('div', {});
    const below = h('div', {}, skeleton(texts.t('loading')));
    const body = h('div', { 'aria-live': 'polite' }, shown, below);
    /** Where the rows are. */
    let rows;
    load();
    return body;

    async function load(after, asked) {
        try {
            const page = await of.page(after);
            const first = page.rows.length > 0 && added(page.rows);
            const more = page.next && button('link', texts.t('list.more'), () => {
                more.disabled = true;
                load(page.next, true);
            }, { 'data-testid': 'mfa-more' });
            below.replaceChildren(...[!rows && !page.next && empty(...of.none), more].filter(Boolean));
            if (asked) attend(first || body);
        } catch (problem) {
            below.replaceChildren(failure(problem, texts), button('secondary', texts.t('retry'), () => load(after, true)));
            if (asked) attend(below);
        }
    }

    /** Puts more rows below those that are there, which stay as they are; the first of them. */
    function added(found) {
        const drawn = of.draw?.(found) ?? table(of.name, of.headings, found.map(of.cells));
        const more = [...(drawn.tBodies?.[0] ?? drawn).children];
        if (rows) {
            rows.append(...more);
        } else {
            rows = drawn.tBodies?.[0] ?? drawn;
            shown.append(drawn);
        }
        return more[0];
    }
}
