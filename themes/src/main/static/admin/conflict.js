/** Somebody else was quicker: who, when and why, what he changed, and how to go on without losing what was typed. */
import { failure } from './dialog.js';
import { alert, button, h } from './dom.js';
import { personOf } from './people.js';
import { link } from './policy.js';
import { difference } from './rule.js';

export async function conflict({ context, seen, restart }, { rule }, problem, again) {
    const { rest, texts } = context;
    const t = texts.t.bind(texts);
    const other = /rule (\S+) has the same/.exec(problem.problems[0])?.[1];
    if (other) {
        return alert('danger', t('conflict.duplicate'), h('p', {}, t('conflict.duplicateText')),
            link(context, { do: 'edit', rule: other }, 'secondary', t('conflict.open')));
    }
    if (!seen || !/has version/.test(problem.problems[0])) return failure(problem, texts);
    const path = `policies/${encodeURIComponent(rule.id)}`;
    const [newer, { history }] = await Promise.all([rest.get(path), rest.get(`${path}/history`)]);
    const [last] = history;
    return alert('warning',
        t('conflict.title', { who: last.actor_name ?? await personOf(rest, last.actor) ?? t('history.server'), time: texts.time(last.at) }),
        h('p', {}, t('rule.because', { reason: last.reason })), difference(seen, newer, texts),
        h('p', {}, t('conflict.text')),
        h('div', { class: 'mfa-buttons' },
            button('secondary', t('conflict.mine'), () => again(newer), { 'data-testid': 'mfa-mine' }),
            button('link', t('conflict.theirs'), restart, { 'data-testid': 'mfa-theirs' })));
}
