/** People by name: each is asked for once, however many rows name him. */
import { h } from './dom.js';
import { hash } from './stock.js';

/** By what asks for them: id to a promise of the name. */
const asked = new WeakMap();

/** The user name, where Keycloak tells it to the reader; undefined where it does not, or where there is nobody any more. */
export function nameOfPerson(rest, id) {
    if (!asked.has(rest)) asked.set(rest, new Map());
    const names = asked.get(rest);
    if (!names.has(id)) {
        names.set(id, rest.stock(`users/${encodeURIComponent(id)}`).then(user => user.username, problem => {
            // a server that is gone says nothing about anybody
            if (problem.unreachable) names.delete(id);
            return undefined;
        }));
    }
    return names.get(id);
}

/** The name of an administrator, or his id; undefined if nobody did it. */
export const personOf = async (rest, id) => id ? await nameOfPerson(rest, id) ?? id : undefined;

/** A person by name with the way to his tab; the beginning of the id until the name is known, and where it never is. */
export function person({ rest, realm }, id) {
    if (!id) return '–';
    const shown = h('span', { title: id }, id.slice(0, 8));
    nameOfPerson(rest, id).then(name => name && shown.replaceChildren(h('a', { href: hash(realm, 'users', id, 'mfa') }, name)));
    return shown;
}
