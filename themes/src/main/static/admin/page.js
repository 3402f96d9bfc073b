/** The realm's MFA page: its parts as tabs, each with an address of its own. */
import { audit } from './audit.js';
import { failure } from './dialog.js';
import { alert, button, h, skeleton } from './dom.js';
import { overview } from './overview.js';
import { policy } from './policy.js';
import { hash } from './stock.js';

const PARTS = [
    { name: 'overview', role: 'mfa.get_mfa_status', show: overview },
    { name: 'policy', role: 'mfa.mfa_policy.get_mfa_policies', show: policy },
    { name: 'audit', role: 'mfa.get_mfa_status', show: audit },
];

class RealmPage extends HTMLElement {
    #shown;
    #body = h('div', { role: 'tabpanel', 'aria-labelledby': 'mfa-part-overview', class: 'mfa-body' });
    #tabs = new Map();

    connectedCallback() {
        const { texts, may, realm, enforced } = this.context;
        const parts = PARTS.filter(part => may(part.role));
        for (const part of parts) {
            const link = h('a', { class: 'c-tabs__link', role: 'tab', id: `mfa-part-${part.name}`, href: hash(realm, 'mfa', part.name),
                'data-testid': `mfa-${part.name}` }, h('span', { class: 'c-tabs__item-text' }, texts.t(`page.${part.name}`)));
            this.#tabs.set(part.name, h('li', { class: 'c-tabs__item', role: 'presentation' }, link));
        }
        this.replaceChildren(
            h('section', { class: 'c-page__main-section m-light mfa-head' },
                h('div', { class: 'c-content' }, h('h1', { tabindex: '-1' }, texts.t('page.title')), h('p', {}, texts.t('page.about'))),
                !enforced && alert('warning', texts.t('page.notEnforced'), texts.t('page.notEnforcedText'))),
            h('nav', { class: 'c-tabs m-box mfa-tabs', 'aria-label': texts.t('page.title') },
                h('ul', { class: 'c-tabs__list', role: 'tablist' }, [...this.#tabs.values()])),
            h('section', { class: 'c-page__main-section' }, this.#body));
    }

    /** Shows the part of this address, if it is not the one that is shown. */
    show(route) {
        const part = PARTS.find(one => one.name === route.page && this.#tabs.has(one.name)) ?? PARTS[0];
        const address = `${part.name}?${route.query}`;
        if (this.#shown === address) return;
        this.#shown = address;
        for (const [name, item] of this.#tabs) {
            item.className = item.className.replace(/ pf-m-current/, '') + (name === part.name ? ' pf-m-current' : '');
            item.firstChild.setAttribute('aria-selected', String(name === part.name));
        }
        this.#body.setAttribute('aria-labelledby', `mfa-part-${part.name}`);
        this.#draw(part, route, address);
    }

    async #draw(part, route, address) {
        const { texts } = this.context;
        this.#body.replaceChildren(skeleton(texts.t('loading'), 8));
        try {
            const content = await part.show(this.context, route.query);
            if (this.#shown === address) this.#body.replaceChildren(...[content].flat().filter(Boolean));
        } catch (problem) {
            if (this.#shown === address) {
                this.#body.replaceChildren(failure(problem, texts),
                    button('secondary', texts.t('retry'), () => this.#draw(part, route, address)));
            }
        }
    }
}

customElements.define('mfa-realm-page', RealmPage);
