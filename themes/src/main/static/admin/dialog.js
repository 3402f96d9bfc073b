/**
 * Asks before something is done: says what will happen, wants a reason, and keeps what was typed whatever goes wrong. A native
 * dialog holds the focus and lets Escape close it.
 */
import { alert, attend, button, complaint, field, h, newId, oneLine, tick } from './dom.js';
import { putDraft } from './drafts.js';
import { elsewhere, prove } from './signin.js';

/**
 * @param {object} ask title, text (what will happen), points (the same one by one), confirm (the button), danger,
 *     ticks: [{name, text, help, checked}], and `run(values)`, whose answer is this one's
 * @param {object} texts
 * @param {object} draft what brings this dialog back after a sign-in; its `values` are filled in
 * @return what `run` answered; undefined if nothing was done
 */
export function confirm(ask, texts, draft) {
    const t = texts.t.bind(texts);
    const said = { reason: '', ...draft.values };
    const textId = newId();
    const outcome = h('div', { 'aria-live': 'polite', class: 'mfa-outcome' });
    const reason = reasonField('reason', said.reason, texts);
    const go = button(ask.danger ? 'danger' : 'primary', ask.confirm, undefined, { type: 'submit', 'data-testid': 'mfa-confirm' });
    const cancel = button('link', t('dialog.cancel'), () => dialog.close(), { 'data-testid': 'mfa-cancel' });
    const form = h('form', { class: 'c-form', novalidate: true },
        reason.group,
        (ask.ticks ?? []).map(one => tick(one.text, one.name, said[one.name] ?? one.checked, one.help)),
        outcome,
        h('div', { class: 'mfa-buttons' }, go, cancel));
    const dialog = box(ask.title, { 'aria-describedby': textId },
        h('div', { id: textId, class: 'mfa-text' }, h('p', {}, ask.text),
            ask.points?.length > 0 && h('ul', { class: 'mfa-points', 'data-testid': 'mfa-points' }, ask.points.map(point => h('li', {}, point)))),
        form);

    const values = () => ({ reason: oneLine(reason.control),
        ...Object.fromEntries((ask.ticks ?? []).map(one => [one.name, form.elements[one.name].checked])) });
    const show = (...content) => outcome.replaceChildren(...content);

    return new Promise(resolve => {
        let answer;
        /** What is under way happens, whatever is pressed: nobody may think that he has cancelled it. */
        let working = false;
        const work = on => {
            working = go.disabled = cancel.disabled = on;
        };
        form.addEventListener('submit', async event => {
            event.preventDefault();
            if (working || !reason.read()) return;
            work(true);
            show(h('span', { class: 'mfa-note' }, t('dialog.working')));
            try {
                answer = await ask.run(values());
                work(false);
                dialog.close();
            } catch (problem) {
                show(refused(problem));
                work(false);
                attend(outcome);
            }
        });
        const address = location.hash;
        /** Whoever presses Cancel or Escape wants nothing kept. */
        const keep = () => oneLine(reason.control) && putDraft({ ...draft, values: values() }, address);
        const leave = () => {
            if (working) return;
            keep();
            dialog.close();
        };
        dialog.addEventListener('cancel', event => working && event.preventDefault());
        dialog.addEventListener('close', () => {
            if (working) {
                // browsers close it at the second Escape whatever we say
                dialog.showModal();
                return;
            }
            removeEventListener('hashchange', leave);
            removeEventListener('pagehide', keep);
            dialog.remove();
            resolve(answer);
        });
        // whoever goes back in the browser leaves the question behind
        addEventListener('hashchange', leave);
        addEventListener('pagehide', keep);
        document.body.append(dialog);
        dialog.showModal();
        reason.control.focus();
    });

    function refused(problem) {
        return problem.wantsProof
            ? alert('warning', t('proof.title'), h('p', {}, t('proof.text')),
                button('primary', t('proof.go'), () => prove({ ...draft, values: values() }), { 'data-testid': 'mfa-prove' }))
            : failure(problem, texts);
    }
}

/** Shows what came out to somebody who is elsewhere by now. */
export function notice(title, content, texts) {
    const dialog = box(title, {}, content,
        button('primary', texts.t('dialog.close'), () => dialog.close(), { 'data-testid': 'mfa-close' }));
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
}

function box(title, more, ...content) {
    const id = newId();
    return h('dialog', { class: 'c-modal-box m-sm mfa-dialog', 'aria-labelledby': id, ...more },
        h('header', { class: 'c-modal-box__header' },
            h('h1', { class: 'c-modal-box__title', id },
                h('span', { class: 'c-modal-box__title-text' }, title))),
        h('div', { class: 'c-modal-box__body' }, content));
}

/** Why something is done. `read` answers it, or says that it is missing and goes there. */
export function reasonField(name, value, texts) {
    const control = h('textarea', { name, required: true, maxlength: 255, rows: 2 });
    control.value = value ?? '';
    const group = field(texts.t('dialog.reason'), control, texts.t('dialog.reasonHelp'));
    const { slot, say } = complaint(control);
    group.lastChild.append(slot);
    const read = () => {
        const text = oneLine(control);
        say(!text && texts.t('dialog.reasonMissing'));
        if (!text) control.focus();
        return text;
    };
    return { control, group, read };
}

/** What went wrong, in the reader's words; below it those of the server, and what its log calls it. */
export function failure(problem, texts) {
    const t = texts.t.bind(texts);
    if (problem.ended) {
        return alert('danger', t('session.ended'), h('p', {}, t('session.text')),
            h('a', { href: elsewhere(), target: '_blank', rel: 'noopener', 'data-testid': 'mfa-sign-in' }, t('session.go')));
    }
    if (problem.unreachable) return alert('danger', t('error.unreachable'), t('error.nothingLost'));
    const known = [problem.name, `HTTP_${problem.status}`].find(name => texts.word('problem', name) !== name);
    return alert('danger', known ? texts.word('problem', known) : t('error.other', { status: problem.status ?? '' }),
        [...known ? [] : [problem.message], ...problem.problems ?? []].map(inEnglish),
        problem.correlation && h('p', { class: 'mfa-note' }, t('error.correlation', { id: problem.correlation })));
}

/** Words of the server that are the same in every language. */
export const inEnglish = text => h('span', { class: 'mfa-note mfa-said', lang: 'en' }, text);
