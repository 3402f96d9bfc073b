/** Fields that know what there is: names are offered by Keycloak itself while one types; whoever may not look there types them. */
import { button, h, newId } from './dom.js';

const WAIT = 200;
const MOST = 10;
const q = encodeURIComponent;
const paths = groups => groups.flatMap(group => [group.path, ...paths(group.subGroups ?? [])]);

/** By kind: how Keycloak's own administration is asked for what begins like this. */
const FINDERS = {
    user: async (rest, text) => (await rest.stock(`users?briefRepresentation=true&max=${MOST}&search=${q(text)}`)).map(user => user.username),
    group: async (rest, text) => paths(await rest.stock(`groups?max=${MOST}&search=${q(text.replace(/^.*\//, ''))}`)),
    organization: async (rest, text) => (await rest.stock(`organizations?max=${MOST}&search=${q(text)}`)).map(one => one.alias),
    clients: async (rest, text) => (await rest.stock(`clients?max=${MOST}&search=true&clientId=${q(text)}`)).map(one => one.clientId),
    identity_providers: async (rest, text) => (await rest.stock(`identity-provider/instances?max=${MOST}&search=${q(text)}`)).map(one => one.alias),
    roles: async (rest, text) => {
        const [client, role] = text.split('/');
        if (role === undefined) return (await rest.stock(`roles?max=${MOST}&search=${q(text)}`)).map(one => one.name);
        const [found] = await rest.stock(`clients?clientId=${q(client)}`);
        return (await rest.stock(`clients/${found.id}/roles?max=${MOST}&search=${q(role)}`)).map(one => `${client}/${one.name}`);
    },
};

/** Lets a text field offer what there is of a kind, which may change. */
export function offering(input, kind, rest) {
    const options = h('datalist', { id: newId() });
    let waiting;
    let latest = 0;
    const offer = async () => {
        const mine = ++latest;
        const find = FINDERS[kind()];
        const found = find ? await find(rest, input.value.trim()).catch(() => []) : [];
        // answers may overtake each other
        if (mine === latest) options.replaceChildren(...found.map(value => h('option', { value })));
    };
    input.setAttribute('list', options.id);
    input.setAttribute('autocomplete', 'off');
    for (const event of ['focus', 'input']) {
        input.addEventListener(event, () => {
            clearTimeout(waiting);
            waiting = setTimeout(offer, WAIT);
        });
    }
    input.after(options);
    return options;
}

/** Several names: each is a line that can be taken away; what stands in the field counts too, so that nothing is lost. */
export function several(name, values, texts, kind, rest) {
    const chosen = new Set(values);
    const list = h('ul', { class: 'mfa-chosen' });
    const input = h('input', { type: 'text', name, onchange: take, onkeydown: event => {
        if (event.key !== 'Enter' || input.value.trim() === '') return;
        event.preventDefault();
        take();
    } });
    const options = FINDERS[kind] && offering(input, () => kind, rest);
    draw();
    return { input, more: [options, list], values: () => [...chosen, input.value.trim()].filter(Boolean) };

    function take() {
        input.value.split(',').map(text => text.trim()).filter(Boolean).forEach(text => chosen.add(text));
        input.value = '';
        draw();
    }

    function draw() {
        list.replaceChildren(...[...chosen].map(value => h('li', {}, h('span', {}, value), ' ',
            button('link m-inline', '×', () => {
                chosen.delete(value);
                draw();
                input.focus();
                input.dispatchEvent(new Event('input', { bubbles: true }));
            }, { 'aria-label': texts.t('form.without', { value }) }))));
    }
}
