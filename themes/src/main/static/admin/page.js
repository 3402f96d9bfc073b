/** The realm's MFA page: its parts as tabs, each with an address of its own. */
import { failure } from './dialog.js';
import { alert, button, h, redraw, skeleton } from './dom.js';
import { Problem } from './rest.js';
import { hash } from './stock.js';

const STATUS = 'mfa.get_mfa_status';
const RULES = 'mfa.mfa_policy.get_mfa_policies';

/** Each part is loaded when it is looked at. */
const PARTS = [
    { name: 'overview', role: STATUS, load: async () => (await import('./overview.js')).overview },
    { name: 'policy', role: RULES, load: async () => (await import('./policy.js')).policy },
    { name: 'exceptions', role: RULES, load: async () => (await import('./exceptions.js')).exceptions },
    { name: 'whatif', role: STATUS, load: async () => (await import('./whatif.js')).whatif },
    { name: 'actions', role: RULES, load: async () => (await import('./actions.js')).actions },
    { name: 'audit', role: STATUS, load: async () => (await import('./audit.js')).audit },
    { name: 'settings', role: 'mfa', load: async () => (await import('./settings.js')).settings },
    { name: 'setup', role: 'mfa', load: async () => (await import('./setup.js')).setup },
];

class RealmPage extends HTMLElement {
    #shown;
    #body = h('div', { role: 'tabpanel', 'aria-labelledby': 'mfa-part-overview', class: 'mfa-body' });
    #tabs = new Map();
    #notice = h('div', { 'data-testid': 'mfa-not-enforced' });
    #reminded = false;
    /** Ends what the part that is shown still has under way. */
    #leaving = new AbortController();

    connectedCallback() {
        const { texts, may, realm } = this.context;
        const parts = PARTS.filter(part => may(part.role));
        for (const part of parts) {
            const link = h('a', { role: 'tab', id: `mfa-part-${part.name}`, href: hash(realm, 'mfa', part.name),
                'data-testid': `mfa-${part.name}` }, texts.t(`page.${part.name}`));
            this.#tabs.set(part.name, h('li', { role: 'presentation' }, link));
        }
        this.replaceChildren(
            h('section', { class: 'c-page__main-section m-light mfa-head' },
                h('div', { class: 'c-content' }, h('h1', { tabindex: '-1' }, texts.t('page.title')), h('p', {}, texts.t('page.about'))), this.#notice),
            h('nav', { class: 'mfa-tabs', 'aria-label': texts.t('page.title') },
                h('ul', { role: 'tablist' }, [...this.#tabs.values()])),
            h('section', { class: 'c-page__main-section' }, this.#body));
        this.head();
    }

    /** Says that nothing is enforced, as long as it is so. */
    head() {
        const { texts, enforced } = this.context;
        this.#notice.replaceChildren(...enforced ? [] : [alert('warning', texts.t('page.notEnforced'), texts.t('page.notEnforcedText'))]);
    }

    disconnectedCallback() {
        this.#leaving.abort();
    }

    /** A reminder beside a tab is nothing that anybody waits for: it comes after what he came for. */
    #remind() {
        if (this.#reminded) return;
        this.#reminded = true;
        const link = this.#tabs.get('exceptions')?.firstChild;
        if (link) import('./remind.js').then(module => module.remind(this.context, link)).catch(() => {});
    }

    /** Shows the part of this address, if it is not the one that is shown. */
    show(route) {
        const part = PARTS.find(one => one.name === route.page && this.#tabs.has(one.name))
            ?? PARTS.find(one => this.#tabs.has(one.name));
        const address = `${part.name}?${route.query}`;
        if (this.#shown === address) return;
        this.#shown = address;
        for (const [name, item] of this.#tabs) {
            item.firstChild.setAttribute('aria-selected', String(name === part.name));
        }
        this.#body.setAttribute('aria-labelledby', `mfa-part-${part.name}`);
        this.#draw(part, route, address);
    }

    async #draw(part, route, address) {
        const { texts } = this.context;
        this.#leaving.abort();
        this.#leaving = new AbortController();
        const { signal } = this.#leaving;
        redraw(this.#body, skeleton(texts.t('loading'), 8));
        try {
            const show = await part.load().catch(() => { throw new Problem(0, {}); });
            const content = await show(this.context, route.query, signal);
            if (this.#shown !== address) return;
            redraw(this.#body, ...[content].flat(2).filter(Boolean));
            this.#body.querySelector('[tabindex="-1"]')?.focus();
            this.#remind();
        } catch (problem) {
            if (this.#shown === address) {
                redraw(this.#body, failure(problem, texts),
                    button('secondary', texts.t('retry'), () => this.#draw(part, route, address)));
            }
        }
    }
}

customElements.define('mfa-realm-page', RealmPage);
