/**
 * Builds elements. Whatever comes from the server goes in as a text node or as the value of an attribute, never as markup:
 * there is no innerHTML in these files.
 */
const SVG = new Set(['svg', 'path', 'line', 'text', 'circle', 'title']);

/** PatternFly's prefix with its version, read from the page, so that a later console keeps our looks. */
let prefix = 'pf-v5-';

export function readPrefix(root) {
    const known = /\b(pf-v\d+-)c-/.exec(root.querySelector('[class*="pf-v"][class*="-c-"]')?.getAttribute('class') ?? '');
    prefix = known ? known[1] : prefix;
}

/** "c-button m-primary mfa-x" as PatternFly spells it. */
const classes = names => names.split(' ')
    .map(name => name.replace(/^(?=[clu]-)/, prefix).replace(/^(?=m-)/, 'pf-'))
    .join(' ');

/** An element with attributes, listeners (`onclick`) and children; what is undefined, null or false is left out. */
export function h(tag, props = {}, ...children) {
    const element = SVG.has(tag)
        ? document.createElementNS('http://www.w3.org/2000/svg', tag)
        : document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
        if (value === undefined || value === null || value === false) continue;
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
        else if (name === 'class') element.setAttribute('class', classes(value));
        else element.setAttribute(name, value === true ? '' : value);
    }
    element.append(...children.flat(3).filter(child => child !== undefined && child !== null && child !== false));
    return element;
}

let ids = 0;

/** An id that no other element has. */
export const newId = () => `mfa-${++ids}`;

export const button = (look, text, onclick, more = {}) =>
    h('button', { class: `c-button m-${look}`, type: 'button', onclick, ...more }, text);

/** A small coloured word: green, red, orange, blue, grey. */
export const label = (color, text) =>
    h('span', { class: `c-label m-${color} mfa-label` },
        h('span', { class: 'c-label__content' }, h('span', { class: 'c-label__text' }, text)));

/** A message: info, success, warning or danger. */
export const alert = (kind, title, ...content) =>
    h('div', { class: `c-alert m-${kind} m-inline mfa-alert`, role: kind === 'danger' ? 'alert' : undefined },
        h('div', { class: 'c-alert__icon mfa-icon', 'aria-hidden': 'true' }, { success: '✓', danger: '!', warning: '!' }[kind] ?? 'i'),
        h('p', { class: 'c-alert__title' }, title),
        content.length > 0 && h('div', { class: 'c-alert__description' }, content));

/** A framed part of a page with a heading. */
export const card = (title, ...content) => {
    const id = newId();
    return h('section', { class: 'c-card mfa-card', 'aria-labelledby': id },
        h('div', { class: 'c-card__title' }, h('h2', { class: 'c-card__title-text', id }, title)),
        h('div', { class: 'c-card__body' }, content));
};

/** Names with their values. */
export const facts = pairs =>
    h('dl', { class: 'mfa-facts' }, pairs.filter(Boolean).map(([name, ...value]) =>
        h('div', {}, h('dt', {}, name), h('dd', {}, value))));

/** Rows of cells under headings; below 768 px each row becomes a small list, as PatternFly's tables do. */
export const table = (name, headings, rows) =>
    h('table', { class: 'c-table m-grid-md m-compact mfa-table', 'aria-label': name },
        h('thead', { class: 'c-table__thead' },
            h('tr', { class: 'c-table__tr' },
                headings.map(heading => heading
                    ? h('th', { class: 'c-table__th', scope: 'col' }, heading)
                    : h('td', { class: 'c-table__td' })))),
        h('tbody', { class: 'c-table__tbody' }, rows.map(cells => tableRow(headings, cells))));

/** One row of such a table. */
export const tableRow = (headings, cells, more = {}) =>
    h('tr', { ...more, class: `c-table__tr ${more.class ?? ''}` },
        cells.map((cell, at) => h('td', { class: 'c-table__td', 'data-label': headings[at] || undefined }, cell)));

/** What is shown where there is nothing to show. */
export const empty = (title, text) =>
    h('div', { class: 'c-empty-state m-xs mfa-nothing' },
        h('div', { class: 'c-empty-state__content' },
            h('h3', { class: 'c-empty-state__title-text mfa-empty' }, title),
            text && h('div', { class: 'c-empty-state__body' }, text)));

/** Grey bars while something is on its way. */
export const skeleton = (text, lines = 3) =>
    h('div', { class: 'mfa-skeleton', role: 'status' },
        h('span', { class: 'u-screen-reader' }, text),
        Array.from({ length: lines }, () => h('div', { 'aria-hidden': 'true' })));

/** A labelled control of a form; what is wrong with it or to know about it stands below. */
export const field = (text, control, help) => {
    control.id ||= newId();
    const helpId = help && newId();
    if (help) control.setAttribute('aria-describedby', helpId);
    return h('div', { class: 'c-form__group' },
        h('div', { class: 'c-form__group-label' },
            h('label', { class: 'c-form__label', for: control.id },
                h('span', { class: 'c-form__label-text' }, text))),
        h('div', { class: 'c-form__group-control' },
            h('span', { class: 'c-form-control' }, control),
            help && h('div', { class: 'c-form__helper-text mfa-help', id: helpId }, help)));
};

/**
 * Room below a control for what is wrong with it. `say` writes it there, in place of what it said before, and ties it to the
 * control for whoever does not see it; without texts nothing is wrong.
 */
export const complaint = (control, testid) => {
    const slot = h('div', { class: 'mfa-wrong', id: newId(), 'data-testid': testid });
    const say = (...texts) => {
        const wrong = texts.filter(Boolean);
        const others = (control.getAttribute('aria-describedby') ?? '').split(' ').filter(id => id && id !== slot.id);
        slot.replaceChildren(...wrong.map(text => h('p', {}, text)));
        set(control, 'aria-invalid', wrong.length > 0 ? 'true' : undefined);
        set(control, 'aria-describedby', [...others, wrong.length > 0 && slot.id].filter(Boolean).join(' '));
    };
    return { slot, say };
};

const set = (element, name, value) => value ? element.setAttribute(name, value) : element.removeAttribute(name);

/**
 * Gives an element the focus that nobody has, because what had it was drawn anew: whoever uses the keyboard goes on there instead of at
 * the top. Who is elsewhere by now stays there.
 */
export function attend(element) {
    const has = document.activeElement;
    if (has && has !== document.body && !has.disabled) return;
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
}

/** Draws what is in an element anew; who was in it stays in it. */
export function redraw(element, ...content) {
    const inside = element.contains(document.activeElement);
    element.replaceChildren(...content);
    if (inside) attend(element);
}

/** What stands in a text field of several lines, as one: a reason is a line of the trail. */
export const oneLine = control => control.value.replace(/\s*[\r\n]\s*/g, ' ').trim();

/** A box to tick. */
export const tick = (text, name, checked, help) => {
    const id = newId();
    const helpId = help && newId();
    return h('div', { class: 'c-check' },
        h('input', { class: 'c-check__input', type: 'checkbox', id, name, checked, 'aria-describedby': helpId }),
        h('label', { class: 'c-check__label', for: id }, text),
        help && h('span', { class: 'c-check__description', id: helpId }, help));
};
