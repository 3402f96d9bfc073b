/**
 * Brings MFA into Keycloak's own admin console: an entry of the navigation with its page, and a tab of each user. The console
 * loads this module by a property of its theme and knows nothing else of it. Whatever fails here leaves the console whole:
 * nothing of it is replaced, and every step is taken by itself.
 */
import { alert, attend, button, h, readPrefix, skeleton } from './dom.js';
import { Rest } from './rest.js';
import { silentToken } from './signin.js';
import * as stock from './stock.js';
import { Texts } from './texts.js';

/** What is shown is loaded when it is wanted: most pages of the console have nothing of ours but an entry of the navigation. */
const LOADED = { 'mfa-realm-page': () => import('./page.js'), 'mfa-user-panel': () => import('./user.js') };
const asked = new Set();
/** What could just not be loaded, which is said once; whoever looks again has it loaded again. */
const failed = new Set();

/**
 * What whoever opens an address of ours will need is asked for at once instead of one after the other: modules, with what they load
 * themselves, while Keycloak's console starts, data beside the texts. What is missing here only comes a little later.
 */
const PANEL = ['user', 'dialog', 'acts', 'list', 'row', 'people'];
const FORM = ['policy', 'list', 'rule', 'pick', 'form', 'preview', 'simulate'];
const MODULES = {
    overview: ['overview', 'chart', 'health', 'list'], policy: ['policy', 'list', 'rule', 'pick'],
    exceptions: ['exceptions', 'list', 'policy', 'pick', 'people', 'remind', 'rule'], whatif: ['whatif', 'policy', 'pick', 'rule', 'list'],
    actions: ['actions', 'policy', 'list', 'pick', 'rule'], audit: ['audit', 'trail', 'files', 'people', 'proof', 'row'],
    settings: ['settings', 'switch'], setup: ['setup', 'switch'],
};
const LEVELS = ['USER', 'GROUP', 'TENANT', 'GLOBAL'];

/** What the server says to who may do nothing of ours; anything else is a failure, which passes. */
const NOTHING = [403, 404];

/** Realm to what the server says about its caller there, a promise; a refusal stays one until the page is loaded anew. */
const known = new Map();
/** The same, once it is there; null for realms where the administrator may do nothing of ours, or what went `wrong`. */
const ready = new Map();
/** The address that was looked at last. */
let place;

const modulesOf = ({ page, query, user, tab }) => {
    if (user) return tab === 'mfa' ? PANEL : [];
    if (!page) return [];
    return ['page', 'dialog', ...page === 'policy' && query.has('do') ? FORM : MODULES[page] ?? []];
};

/** Has its modules loaded. */
const load = route => modulesOf(route).forEach(name => import(`./${name}.js`).catch(() => {}));

/** Has its data loaded: nothing whose reading is on record, and nothing that the address does not name. */
function ask({ page, query, user, tab }, rest) {
    const path = name => encodeURIComponent(name);
    if (user && tab === 'mfa') {
        rest.ahead(`users/${path(user)}`);
        rest.ahead(`users/${path(user)}/devices`);
        rest.ahead('decision', { user_id: user, trace: 'decided' });
    } else if (page === 'policy' && query.has('rule')) {
        rest.ahead(`policies/${path(query.get('rule'))}${query.get('do') === 'history' ? '/history' : ''}`);
    } else if (page === 'policy' && query.size === 0) {
        LEVELS.forEach(level => rest.ahead('policies', { level, max: 20 }));
    }
}

/** The same of what the page begins with, whatever its reader may see: only once it is known what that is. */
function askFor({ page }, rest, may) {
    if (page === 'overview' && may(STATUS)) ['coverage', 'health'].forEach(path => rest.ahead(path));
    if (page === 'settings' && may('mfa')) rest.ahead('settings');
    if (page === 'setup' && may('mfa')) rest.ahead('setup');
    if (page === 'actions' && may('mfa.mfa_policy.get_mfa_policies')) rest.ahead('actions');
}

/** Whose console it is, and whether the server takes its token no more: then one is asked for beside it. */
let who;
let ended = false;

async function token(refused) {
    who ??= stock.subject();
    ended ||= refused;
    const client = stock.adminClient();
    return client && !ended ? client.getAccessToken() : silentToken(who, refused);
}

async function enter(realm) {
    const rest = new Rest(`${stock.environment.adminBaseUrl}/admin/realms/${encodeURIComponent(realm)}`, token);
    ask(stock.route(), rest);
    const console = await rest.get('console');
    const may = role => console.may.includes(role);
    askFor(stock.route(), rest, may);
    return { realm, rest, texts: new Texts(console.texts, console.language), enforced: console.enforced, may };
}

function accessTo(realm) {
    if (!known.has(realm)) {
        known.set(realm, enter(realm).then(context => ready.set(realm, context), problem =>
            ready.set(realm, NOTHING.includes(problem.status) ? null : { realm, wrong: problem, may: () => false })).then(sync));
    }
    return ready.get(realm);
}

/** Forgets that a server failed: it is asked again. */
function again() {
    for (const [realm, context] of ready) {
        if (context?.wrong) [known, ready].forEach(map => map.delete(realm));
    }
}

/** Somebody had it tried again, and goes on in what comes of it. */
let retried = false;

function goOn(made) {
    if (retried) attend(made);
    retried = false;
}

/** Puts in place what belongs here, and takes away what does not; as often as anything moves. */
function sync() {
    const route = stock.route();
    if (place !== location.hash) again();
    place = location.hash;
    const there = Boolean(stock.navItem());
    // who opens an address of ours waits for answers that need nothing of the console but its token, which is there long before its page
    const wanted = route.realm && (there || modulesOf(route).length > 0 && stock.adminClient());
    const found = wanted ? accessTo(route.realm) : undefined;
    const context = there ? found : undefined;
    for (const step of [nav, page, tab, trouble, waiting]) {
        try {
            step(route, context);
        } catch (error) {
            console.debug('mfa', error);
        }
    }
}

/** An element of ours; undefined until its module is there, which brings us back here. */
function element(name, context, props = {}) {
    if (customElements.get(name)) return Object.assign(h(name, props), { context });
    if (failed.has(name)) return Object.assign(h(name, props, alert('danger', context.texts.t('error.unreachable'))), { context });
    if (!asked.has(name)) {
        asked.add(name);
        LOADED[name]().then(sync, () => {
            asked.delete(name);
            failed.add(name);
            sync();
            failed.delete(name);
        });
    }
    return undefined;
}

/** What the tab of a user takes. */
const STATUS = 'mfa.get_mfa_status';
/** What the parts of the page take (page.js): who has none of it has no use for the page. */
const SEES_PAGE = [STATUS, 'mfa.mfa_policy.get_mfa_policies', 'mfa'];
const seesPage = context => context && SEES_PAGE.some(context.may);

function nav(route, context) {
    const there = document.getElementById('nav-item-mfa');
    const anchor = stock.navItem();
    if (!anchor || !seesPage(context)) {
        there?.closest('li').remove();
        return;
    }
    const item = there?.closest('li') ?? anchor.cloneNode(true);
    const link = item.querySelector('a');
    const href = stock.hash(route.realm, 'mfa');
    if (link.getAttribute('href') !== href) link.setAttribute('href', href);
    if (!there) {
        link.id = 'nav-item-mfa';
        link.dataset.testid = 'nav-item-mfa';
        link.textContent = context.texts.t('nav');
        anchor.after(item);
    }
    current(link, route.page !== undefined);
}

function page(route, context) {
    const main = stock.main();
    const shown = document.querySelector('mfa-realm-page');
    const waits = Boolean(main && route.page && context === undefined && stock.navItem());
    const wanted = Boolean(main && route.page && seesPage(context));
    main?.classList.toggle('mfa-own', wanted || waits || Boolean(route.page && context?.wrong));
    if (!wanted) {
        shown?.remove();
        return;
    }
    if (shown?.context === context && shown.parentElement === main) {
        shown.show?.(route);
        return;
    }
    shown?.remove();
    readPrefix(document);
    const made = element('mfa-realm-page', context);
    if (!made) return;
    main.append(made);
    made.show?.(route);
    goOn(made);
}

const isTab = route => Boolean(route.user) && route.tab === 'mfa';

/** Grey bars where something of ours is wanted until it is there, or it is known that it may not be shown. */
function waiting(route, context) {
    const main = stock.main();
    const bars = document.querySelector('.mfa-wait');
    const comes = context === undefined ? Boolean(stock.navItem()) : route.page ? seesPage(context) : context?.may(STATUS);
    const on = (route.page || isTab(route)) && comes && !document.querySelector('mfa-realm-page, mfa-user-panel');
    // what Keycloak's page of a user turns until it is there would stand before them
    main?.classList.toggle('mfa-early', Boolean(isTab(route) && comes && !stock.detailsTab()));
    if (!on) bars?.remove();
    else if (!bars) main?.append(h('div', { class: 'mfa-wait', 'aria-busy': 'true' }, skeleton('', 8)));
}

/** There are no texts where the server that has them fails. */
const SPARE = {
    en: ['MFA can’t be shown: the server does not answer, or your sign-in has ended.', 'Try again'],
    de: ['MFA kann nicht angezeigt werden: Der Server antwortet nicht, oder Ihre Anmeldung ist abgelaufen.', 'Noch einmal versuchen'],
    fr: ['La MFA ne peut pas être affichée : le serveur ne répond pas, ou votre connexion a expiré.', 'Réessayer'],
    es: ['No se puede mostrar la MFA: el servidor no responde o su sesión ha terminado.', 'Reintentar'],
};

/** In place of a page or tab of ours that the server failed to open: that it did, and another try. */
function trouble(route, context) {
    const open = context?.wrong && (route.page || route.tab === 'mfa');
    const main = open ? stock.main() : undefined;
    const shown = document.querySelector('.mfa-trouble');
    if (shown && shown.parentElement === main) return;
    shown?.remove();
    if (!main) return;
    readPrefix(document);
    const [language] = document.documentElement.lang.split('-');
    const [said, retry] = SPARE[language] ?? SPARE.en;
    const made = h('div', { class: 'mfa-trouble', lang: SPARE[language] ? language : 'en' }, alert('danger', said), button('secondary', retry, () => {
        again();
        retried = true;
        sync();
    }));
    main.prepend(made);
    goOn(made);
}

function tab(route, context) {
    const details = stock.detailsTab();
    const there = document.getElementById('mfa-tab');
    const panel = document.querySelector('mfa-user-panel');
    const open = Boolean(isTab(route) && context?.may(STATUS));
    if (!details || !route.user || !context?.may(STATUS)) {
        there?.closest('li').remove();
    } else {
        const item = there?.closest('li') ?? details.cloneNode(true);
        const link = item.querySelector('a, button');
        const href = stock.hash(route.realm, 'users', route.user, 'mfa');
        if (link.getAttribute('href') !== href) link.setAttribute('href', href);
        if (!there) {
            link.id = 'mfa-tab';
            link.dataset.testid = 'mfa-tab';
            link.removeAttribute('aria-controls');
            link.querySelector('span').textContent = context.texts.t('nav');
            (stock.credentialsTab(details) ?? details).after(item);
        }
        chosen(item, link, open);
        if (open) chosen(details, details.querySelector('[role=tab]'), false);
    }
    const place = details?.closest('[role=tablist]')?.parentElement.parentElement;
    place?.classList.toggle('mfa-own-tab', open || isTab(route) && context === undefined);
    // what we know of a user does not wait for all that Keycloak asks about him
    const where = place ?? stock.main();
    if (!open || !where) {
        panel?.remove();
        return;
    }
    if (panel?.getAttribute('user-id') === route.user && panel.context === context) {
        if (panel.parentElement !== where) where.append(panel);
        return;
    }
    panel?.remove();
    readPrefix(document);
    const made = element('mfa-user-panel', context, { 'user-id': route.user, role: 'tabpanel', 'aria-labelledby': 'mfa-tab' });
    if (made) {
        where.append(made);
        goOn(made);
    }
}

/** Writes only what differs: the observer would be called for every write. */
function current(link, on) {
    link.classList.toggle('pf-m-current', on);
    if (on && link.getAttribute('aria-current') !== 'page') link.setAttribute('aria-current', 'page');
    if (!on && link.hasAttribute('aria-current')) link.removeAttribute('aria-current');
}

function chosen(item, link, on) {
    if (item.classList.contains('pf-m-current') !== on) item.classList.toggle('pf-m-current', on);
    if (link && link.getAttribute('aria-selected') !== String(on)) link.setAttribute('aria-selected', String(on));
}

if (stock.environment && document.getElementById('app')) {
    load(stock.route());
    // before paint: nothing flickers
    new MutationObserver(sync).observe(document.getElementById('app'),
        { childList: true, subtree: true, attributes: true, attributeFilter: ['href'] });
    addEventListener('hashchange', sync);
    addEventListener('popstate', sync);
    sync();
}
