/**
 * All that we know of Keycloak's own console, in one place: its environment, its routes, where things hang, where its token
 * is. Keycloak's own UI tests use the same ids. Whatever is not found is simply not used.
 */
const read = () => {
    try {
        return JSON.parse(document.getElementById('environment').textContent);
    } catch {
        return undefined;
    }
};

/** serverBaseUrl, adminBaseUrl, realm (where the administrator signed in) and clientId; undefined if there is none. */
export const environment = read();

/** What can't be decoded is no address of ours, and stays what it is. */
const decoded = part => {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
};

/** Where the console is: its realm, and our page or the user whose tabs are shown. */
export function route() {
    const [path, query = ''] = location.hash.replace(/^#/, '').split('?');
    const [realm, section, id, tab] = path.split('/').slice(1).map(decoded);
    return {
        realm: realm || undefined,
        page: section === 'mfa' ? id || 'overview' : undefined,
        query: new URLSearchParams(query),
        user: section === 'users' && id && tab ? id : undefined,
        tab: section === 'users' ? tab : undefined,
    };
}

export const hash = (...parts) => `#/${parts.map(encodeURIComponent).join('/')}`;

export const main = () => document.querySelector('main.container, main[class*="-c-page__main"]');

/** The entry of the navigation after which ours stands: people who see no "Authentication" may still see "Users". */
export const navItem = () => ['authentication', 'users']
    .map(name => document.getElementById(`nav-item-${name}`)?.closest('li'))
    .find(Boolean);

/** The tab of "Details", after which Keycloak's "Credentials" may stand. */
export const detailsTab = () => document.querySelector('[data-testid="user-details-tab"]')?.closest('li');

export const credentialsTab = details =>
    details.parentElement.querySelector('[data-testid="credentials"]')?.closest('li');

/** Who signed in to the console; undefined if it does not say so. */
export const subject = () => signedIn()?.keycloak?.idTokenParsed?.sub;

/** The console's own client, which renews its token by itself; undefined if it is not found. */
export const adminClient = () => signedIn()?.adminClient;

/**
 * What the console knows of its sign-in. It lives in a context of React and in no variable, so we look for it in the tree that
 * React leaves at its root; not found, we sign in beside it (signin.js).
 */
function signedIn() {
    const root = document.getElementById('app');
    const key = root && Object.keys(root).find(name => name.startsWith('__reactContainer$'));
    const seen = new Set();
    // React keeps two of each; the root knows which of them is shown
    const next = key ? [root[key].stateNode?.current ?? root[key]] : [];
    while (next.length > 0) {
        const fiber = next.pop();
        if (!fiber || seen.has(fiber)) continue;
        seen.add(fiber);
        const value = fiber.memoizedProps?.value;
        if (typeof value?.adminClient?.getAccessToken === 'function') return value;
        next.push(fiber.sibling, fiber.child);
    }
    return undefined;
}
