/** What the server says of itself: each part that MFA stands on, the worst first, and the text messages of a day. */
import { failure } from './dialog.js';
import { alert, facts, h, label } from './dom.js';
import { keptDraft } from './drafts.js';
import { Problem } from './rest.js';

const LOOK = { OK: 'green', WARNING: 'orange', BROKEN: 'red' };
const WORST = ['BROKEN', 'WARNING', 'OK'];

/** That there are people whom no method can let in. */
export const refusals = (refused, texts) =>
    refused > 0 ? [alert('warning', texts.t('health.refusedText', { count: texts.number(refused) }))] : [];

export function health(found, context) {
    const { texts } = context;
    const parts = [...found.parts].sort((one, other) => WORST.indexOf(one.state) - WORST.indexOf(other.state));
    return h('ul', { class: 'mfa-parts', 'data-testid': 'mfa-health' }, parts.map(part => h('li', {},
        h('p', {}, h('strong', {}, texts.word('part', part.part)), ' ', label(LOOK[part.state], texts.word('health', part.state))),
        part.state !== 'OK' && h('p', {}, words(part, texts)),
        part.state !== 'OK' && part.about.length > 0 && h('p', { class: 'mfa-note' }, part.about.join(', ')),
        part.part === 'sinks' && part.state !== 'OK' && givenUp(context))));
}

/** Which events were given up: nobody waits for that who did not ask. */
function givenUp(context) {
    const body = h('div', {});
    const shown = h('details', { class: 'mfa-affected', 'data-testid': 'mfa-letters', open: keptDraft()?.act === 'resend' },
        h('summary', {}, context.texts.t('letters.title')), body);
    shown.addEventListener('toggle', () => {
        if (!shown.open || body.hasChildNodes()) return;
        import('./letters.js').then(({ letters }) => body.replaceChildren(...letters(context)),
            () => body.replaceChildren(failure(new Problem(0, {}), context.texts)));
    });
    return shown;
}

/** In the reader's language; as the server says it where a newer one says what is not known here. */
const words = (part, texts) => {
    const key = `${part.part}.${part.state}`;
    const known = texts.word('found', key);
    return known === key ? part.words : known;
};

export const spend = (sms, texts) => facts([
    [texts.t('sms.sent'), h('span', { 'data-testid': 'mfa-sms' },
        texts.t('overview.of', { some: texts.number(sms.sent), all: texts.number(sms.cap) }))],
    [texts.t('sms.used'), texts.number(sms.used)],
    [texts.t('sms.failed'), texts.number(sms.failed)],
]);
