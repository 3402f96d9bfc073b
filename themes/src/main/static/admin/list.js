/** A list that is read page by page: whatever its length, as much is loaded as was asked for. */
import { failure } from './dialog.js';
import { button, empty, h, skeleton, table } from './dom.js';

/** A part of a page that comes when its data are there: `load` is a promise of them; none of its neighbours waits for it. */
export function part(load, draw, texts) {
    const body = h('div', { 'aria-live': 'polite' });
    show();
    return body;

    async function show() {
        body.replaceChildren(skeleton(texts.t('loading')));
        try {
            body.replaceChildren(...[draw(await load())].flat(3).filter(Boolean));
        } catch (problem) {
            body.replaceChildren(failure(problem, texts), button('secondary', texts.t('retry'), show));
        }
    }
}

/**
 * @param {object} of name, headings, `page(after)` (a promise of {rows, next}), `cells(row)`, none (title and text if it is empty);
 *     with `draw(rows)` they are something else than a table
 */
export function list(of, texts) {
    const body = h('div', { 'aria-live': 'polite' }, skeleton(texts.t('loading')));
    const rows = [];
    load();
    return body;

    async function load(after) {
        try {
            const page = await of.page(after);
            rows.push(...page.rows);
            const more = page.next && button('link', texts.t('list.more'), () => {
                more.disabled = true;
                load(page.next);
            }, { 'data-testid': 'mfa-more' });
            body.replaceChildren(...[
                rows.length > 0 && (of.draw?.(rows) ?? table(of.name, of.headings, rows.map(of.cells))),
                rows.length === 0 && !page.next && empty(...of.none),
                more].filter(Boolean));
        } catch (problem) {
            body.replaceChildren(failure(problem, texts), button('secondary', texts.t('retry'), () => load(after)));
        }
    }
}
