/**
 * What was typed and not sent yet, by the address where it stood: before a proof, and whenever somebody leaves it half-filled, by a tab, by
 * Back, by a reload, or because his sign-in ended. It lies in the storage of this one tab of the browser, and not for long.
 */
import { alert, button } from './dom.js';

const BEGINNING = 'mfa-draft ';
/** Longer than anybody needs for a proof, shorter than anybody expects an old text to come back. */
const LIFE = 15 * 60 * 1000;

/** Who is led away for a proof comes back by himself: nobody has to tell him that his text does. */
let proving = false;

export function putDraft(draft, address = location.hash) {
    sessionStorage.setItem(BEGINNING + address, JSON.stringify({ ...draft, left: !proving, at: Date.now() }));
}

/** What is there when he comes back from his proof. */
export function putForProof(draft) {
    proving = true;
    putDraft(draft);
}

/** What was typed at this place. It is kept until it stands there again: what the server is asked before may fail. */
export function keptDraft() {
    Object.keys(sessionStorage).filter(name => name.startsWith(BEGINNING) && JSON.parse(sessionStorage.getItem(name)).at < Date.now() - LIFE)
        .forEach(name => sessionStorage.removeItem(name));
    const kept = sessionStorage.getItem(BEGINNING + location.hash);
    return kept ? JSON.parse(kept) : undefined;
}

/** It stands there, or nobody wants it. */
export const dropDraft = () => sessionStorage.removeItem(BEGINNING + location.hash);

/**
 * Keeps what stands in a form of our page when the form is left, whatever way that is.
 *
 * @param {AbortSignal} signal ends with the part of the page that the form is
 * @param {() => object | undefined} typed what is to be kept, if anything is
 */
export function keepTyped(form, signal, typed) {
    const address = location.hash;
    const keep = () => {
        // a form that was drawn anew is none any more
        const draft = form.closest('mfa-realm-page') && typed();
        if (draft) putDraft(draft, address);
    };
    signal.addEventListener('abort', keep, { once: true });
    addEventListener('pagehide', keep, { signal });
}

/** Says that what was left is back; `anew` shows what there would be without it. */
export const returned = (draft, anew, texts) => draft?.left && alert('info', texts.t('draft.back'),
    button('link m-inline', texts.t('draft.drop'), anew, { 'data-testid': 'mfa-drop' }));
