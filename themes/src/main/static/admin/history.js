/** What became of a rule, newest first, also of one that is gone; each version can be put back. */
import { card, empty, h } from './dom.js';
import { personOf } from './people.js';
import { link, news, WRITE } from './policy.js';
import { difference, nameOf, sentence, who } from './rule.js';

export async function history(context, query) {
    const { rest, texts, may } = context;
    const t = texts.t.bind(texts);
    const id = query.get('rule');
    const { history: past } = await rest.get(`policies/${encodeURIComponent(id)}/history`);
    const authors = await Promise.all(past.map(one => one.actor_name ?? personOf(rest, one.actor)));
    return [
        news(),
        h('p', { class: 'mfa-buttons' }, link(context, {}, 'link m-inline', t('history.back'))),
        h('h2', { class: 'c-title m-lg' }, t('history.title', { rule: nameOf(past[0]?.after ?? past[0]?.before ?? {}) || who(past[0]?.after ?? past[0]?.before ?? {}, texts) })),
        past.length === 0 && empty(t('history.nothing')),
        past.map((one, at) => card(
            t('history.entry', { change: texts.word('change', one.change), time: texts.time(one.at), who: authors[at] ?? t('history.server') }),
            h('p', {}, t('rule.because', { reason: one.reason })),
            one.change === 'UPDATED' ? difference(one.before, one.after, texts) ?? h('p', { class: 'mfa-note' }, t('history.same'))
                : sentence(one.after ?? one.before ?? {}, texts),
            restorable(one, at) && h('p', { class: 'mfa-buttons' }, link(context, { do: 'restore', rule: id, version: one.version },
                'secondary m-small', t('history.restore'), { 'data-testid': 'mfa-restore' })))),
    ];

    /** All but what stands now; of a rule that is gone all. */
    function restorable(one, at) {
        return one.after && may(WRITE) && at > 0;
    }
}
