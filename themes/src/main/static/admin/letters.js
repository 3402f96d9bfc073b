/** Events that could not be delivered and were given up: which, where to and why; for who may send them again the way to do it. */
import { confirm } from './dialog.js';
import { alert, attend, button, h } from './dom.js';
import { dropDraft, keptDraft } from './drafts.js';
import { list } from './list.js';
import { person } from './people.js';

const PAGE = 25;

export function letters(context) {
    const { rest, texts, may } = context;
    const t = texts.t.bind(texts);
    const sends = may('mfa');
    const outcome = h('div', { 'aria-live': 'polite', class: 'mfa-outcome' });
    const body = h('div', {});
    const draft = keptDraft();
    draw();
    if (draft?.act === 'resend') {
        dropDraft();
        resend(draft.subject, draft);
    }
    return [outcome, body];

    function draw() {
        const all = h('div', { class: 'mfa-buttons' }, button('secondary m-small', t('letters.all'), () => resend(), { 'data-testid': 'mfa-resend-all' }));
        all.hidden = true;
        body.replaceChildren(
            list({
                page: async (first = 0) => {
                    const { dead_letters: rows } = await rest.get('outbox', { first, max: PAGE });
                    all.hidden = first + rows.length === 0;
                    return { rows, next: rows.length === PAGE && first + PAGE };
                },
                draw: found => h('ul', { class: 'mfa-rules' }, found.map(letter => h('li', { class: 'mfa-rule' }, said(letter),
                    sends && button('link m-inline', t('act.resend'), () => resend([letter.event_id]), { 'data-testid': 'mfa-resend',
                        'aria-label': `${t('act.resend')}: ${texts.word('event', letter.event_type)}` })))),
                none: [t('letters.nothing')],
            }, texts), ...sends ? [all] : []);
    }

    /** What happened, to whom it was to be told, and why it was not. */
    function said(letter) {
        return [
            h('p', {}, h('strong', {}, texts.word('event', letter.event_type)), ' ', letter.timestamp && texts.moment(letter.timestamp),
                letter.user_id && [' · ', person(context, letter.user_id)]),
            h('p', { class: 'mfa-note' }, [texts.word('sink', letter.sink), letter.addressee].filter(Boolean).join(' · ')),
            h('p', { class: 'mfa-note' }, h('span', { lang: 'en' }, letter.reason), ' · ', t('letters.attempts', { count: texts.number(letter.attempts) })),
        ];
    }

    /** @param {string[]} events ids of those that are meant; all if there are none */
    async function resend(events, kept) {
        const done = await confirm({ title: t(events ? 'act.resend' : 'letters.all'), text: t('act.resend.text'), confirm: t('act.resend'),
            run: ({ reason }) => rest.post('outbox/resend', { reason, events }) }, texts, { act: 'resend', subject: events, ...kept });
        if (!done) return;
        outcome.replaceChildren(alert('success', t('act.resend.done', { count: texts.number(done.resent) })));
        draw();
        attend(outcome);
    }
}
