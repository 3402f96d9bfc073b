/**
 * Asks before something is done: says what will happen, wants a reason, and keeps what was typed whatever goes wrong. A native
 * dialog holds the focus and lets Escape close it.
 */
import { alert, button, field, h, newId, oneLine, tick } from './dom.js';
import { prove } from './signin.js';

/**
 * @param {object} ask title, text (what will happen), confirm (the button), danger, ticks: [{name, text, help, checked}], and
 *     `run(values)`, whose answer is this one's
 * @param {object} texts
 * @param {object} draft what brings this dialog back after a sign-in; its `values` are filled in
 * @return what `run` answered; undefined if nothing was done
 */
export function confirm(ask, texts, draft) {
    const t = texts.t.bind(texts);
    const said = { reason: '', ...draft.values };
    const titleId = newId();
    const textId = newId();
    const outcome = h('div', { 'aria-live': 'polite', class: 'mfa-outcome' });
    const reason = h('textarea', { name: 'reason', required: true, maxlength: 255, rows: 2 });
    reason.value = said.reason;
    const go = button(ask.danger ? 'danger' : 'primary', ask.confirm, undefined, { type: 'submit', 'data-testid': 'mfa-confirm' });
    const form = h('form', { class: 'c-form', novalidate: true },
        field(t('dialog.reason'), reason, t('dialog.reasonHelp')),
        (ask.ticks ?? []).map(one => tick(one.text, one.name, said[one.name] ?? one.checked, one.help)),
        outcome,
        h('div', { class: 'mfa-buttons' }, go, button('link', t('dialog.cancel'), () => dialog.close())));
    const dialog = h('dialog', { class: 'c-modal-box m-sm mfa-dialog', 'aria-labelledby': titleId, 'aria-describedby': textId },
        h('header', { class: 'c-modal-box__header' },
            h('h1', { class: 'c-modal-box__title', id: titleId },
                h('span', { class: 'c-modal-box__title-text' }, ask.title))),
        h('div', { class: 'c-modal-box__body' }, h('p', { id: textId, class: 'mfa-text' }, ask.text), form));

    const values = () => ({ reason: oneLine(reason),
        ...Object.fromEntries((ask.ticks ?? []).map(one => [one.name, form.elements[one.name].checked])) });
    const show = (...content) => outcome.replaceChildren(...content);

    return new Promise(resolve => {
        let answer;
        form.addEventListener('submit', async event => {
            event.preventDefault();
            if (!values().reason) {
                reason.setAttribute('aria-invalid', 'true');
                show(alert('danger', t('dialog.reasonMissing')));
                reason.focus();
                return;
            }
            reason.removeAttribute('aria-invalid');
            go.disabled = true;
            show(h('span', { class: 'mfa-note' }, t('dialog.working')));
            try {
                answer = await ask.run(values());
                dialog.close();
            } catch (problem) {
                show(refused(problem));
            } finally {
                go.disabled = false;
            }
        });
        const leave = () => dialog.close();
        dialog.addEventListener('close', () => {
            removeEventListener('hashchange', leave);
            dialog.remove();
            resolve(answer);
        });
        // whoever goes back in the browser leaves the question behind
        addEventListener('hashchange', leave);
        document.body.append(dialog);
        dialog.showModal();
        reason.focus();
    });

    function refused(problem) {
        return problem.wantsProof
            ? alert('warning', t('proof.title'), h('p', {}, t('proof.text')),
                button('primary', t('proof.go'), () => prove({ ...draft, values: values() }), { 'data-testid': 'mfa-prove' }))
            : failure(problem, texts);
    }
}

/** What went wrong, in words, with what the server's log calls it. */
export function failure(problem, texts) {
    const t = texts.t.bind(texts);
    if (problem.unreachable) return alert('danger', t('error.unreachable'), t('error.nothingLost'));
    return alert('danger', texts.word('problem', problem.name) === problem.name ? problem.message : texts.word('problem', problem.name),
        (problem.problems ?? []).map(text => h('p', {}, text)),
        problem.correlation && h('p', { class: 'mfa-note' }, t('error.correlation', { id: problem.correlation })));
}
