/** The catalogue of actions that need a proof of their own: what people approve, by which details, proved how. */
import { card, empty, h, label, table } from './dom.js';
import { address, news, WRITE } from './policy.js';

export async function actions(context, query, signal) {
    if (query.has('do')) return (await import('./action.js')).action(context, query, signal);
    const { rest, texts, realm, may } = context;
    const t = texts.t.bind(texts);
    const { actions: found } = await rest.get('actions');
    const go = (act, type, look, text, more = {}) => h('a', { class: `c-button m-${look}`, ...more,
        href: address(realm, { do: act, ...type && { type } }, 'actions'), 'data-testid': `mfa-action-${act}` }, text);
    return [
        news(),
        h('p', { class: 'mfa-text' }, t('actions.about')),
        may(WRITE) && h('p', { class: 'mfa-buttons' }, go('new', undefined, 'primary', t('actions.new'))),
        card(t('page.actions'), found.length === 0 ? empty(t('actions.nothing'), t('actions.nothingText'))
            : table(t('page.actions'), [t('action.type'), t('action.description'), t('action.fields'), t('form.strength'), ''], found.map(one => [
                h('code', {}, one.type),
                one.description ?? '',
                (one.fields ?? []).map(field => field.name).join(', ') || '–',
                [texts.word('strength', one.strength ?? 'ANY'), one.methods && [' ', label('blue', one.methods.map(method => texts.word('method', method)).join(', '))]],
                h('div', { class: 'mfa-buttons' }, may(WRITE) && ['edit', 'delete'].map(act =>
                    go(act, one.type, 'link m-inline', t(`policy.${act}`), { 'aria-label': `${t(`policy.${act}`)}: ${one.type}` }))),
            ]))),
    ];
}
