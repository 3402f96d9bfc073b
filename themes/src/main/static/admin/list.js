/** A list that is read page by page: whatever its length, as much is loaded as was asked for. */
import { failure } from './dialog.js';
import { button, empty, h, skeleton, table } from './dom.js';

/**
 * @param {object} of name, headings, `page(after)` (a promise of {rows, next}), `cells(row)`, none (title and text if it is empty);
 *     with `draw(rows)` they are something else than a table, with `order` they are sorted, as far as they are loaded
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
            });
            if (of.order) rows.sort(of.order);
            body.replaceChildren(...[
                rows.length > 0 && (of.draw?.(rows) ?? table(of.name, of.headings, rows.map(of.cells))),
                rows.length === 0 && !page.next && empty(...of.none),
                more].filter(Boolean));
        } catch (problem) {
            body.replaceChildren(failure(problem, texts), button('secondary', texts.t('retry'), () => load(after)));
        }
    }
}
