/** The MFA tab of one user: where he stands, why, and what the reader may do about it. */
import { auditNote } from './row.js';
import { confirm, failure, notice } from './dialog.js';
import { alert, button, card, empty, facts, h, label, redraw, skeleton, table } from './dom.js';
import { dropDraft, keptDraft } from './drafts.js';
import { part } from './list.js';
import { hash } from './stock.js';
import { acts } from './acts.js';

/** Asks at once, so that nobody waits for one answer to ask for the next, and again only after a failure. */
function once(ask) {
    let asked;
    const answer = () => {
        asked ??= ask().catch(problem => {
            asked = undefined;
            throw problem;
        });
        return asked;
    };
    answer().catch(() => {});
    return answer;
}

class UserPanel extends HTMLElement {
    #id;
    browsers = [];
    #outcome = h('div', { 'aria-live': 'polite', class: 'mfa-outcome', tabindex: '-1' });
    #body = h('div', {});

    async connectedCallback() {
        // only its place is another one: Keycloak's page of the user is there by now
        if (this.#id) return;
        this.#id = this.getAttribute('user-id');
        this.classList.add('mfa-panel');
        this.replaceChildren(this.#outcome, this.#body);
        this.#body.replaceChildren(skeleton(this.#t('loading'), 6));
        await this.#load();
    }

    #t(key, values) {
        return this.context.texts.t(key, values);
    }

    /** What one answer tells stands there while the others are on their way. */
    async #load() {
        const { rest } = this.context;
        const path = `users/${encodeURIComponent(this.#id)}`;
        const user = rest.get(path);
        const browsers = once(async () => {
            this.browsers = (await rest.get(`${path}/devices`)).devices;
        });
        const decision = once(async () => {
            const decided = await rest.get('decision', { user_id: this.#id, trace: 'decided' });
            return { ...decided, exceptions: await this.#exceptions(decided) };
        });
        try {
            this.user = await user;
            redraw(this.#body, ...this.#view(decision, browsers));
            browsers().then(() => this.#goOn(), () => this.#goOn());
        } catch (problem) {
            redraw(this.#body, failure(problem, this.context.texts),
                button('secondary', this.#t('retry'), () => this.#load()));
        }
    }

    /** With what was begun before a proof. */
    #goOn() {
        const draft = keptDraft();
        if (!draft?.act) return;
        dropDraft();
        this.#act(draft.act, draft.subject, draft);
    }

    /** The rules by which nothing is required of this person, for who may read rules. */
    async #exceptions(decision) {
        if (decision.required || !this.context.may('mfa.mfa_policy.get_mfa_policies')) return [];
        const rules = decision.trace.filter(entry => entry.outcome === 'DECIDED' && entry.level !== 'GLOBAL')
            .map(entry => this.context.rest.get(`policies/${encodeURIComponent(entry.rule)}`).catch(() => undefined));
        return (await Promise.all(rules)).filter(Boolean);
    }

    /** @param {() => Promise<object>} decision, browsers come when they come */
    #view(decision, browsers) {
        const { user } = this;
        return [
            !user.enforced && alert('info', this.#t('user.notEnforced')),
            card(this.#t('user.standing'), this.#standing(decision)),
            card(this.#t('user.factors'), this.#factors()),
            this.#trusted(browsers),
            this.#more(decision),
        ].filter(Boolean);
    }

    #standing(decision) {
        const { user } = this;
        const { texts } = this.context;
        const look = { ACTIVE: 'green', ENROLLED: 'orange', NOT_ENROLLED: 'grey' }[user.status];
        return facts([
            [this.#t('user.status'), label(look, texts.word('status', user.status))],
            user.locked_until && [this.#t('user.locked'), label('red', this.#t('user.lockedUntil', { time: texts.time(user.locked_until) })), ' ',
                this.#offer('unlock')],
            [this.#t('user.policy'), part(decision, decided => this.#ruling(decided), texts)],
            user.grace_until && [this.#t('user.grace'), this.#t(new Date(user.grace_until) > new Date() ? 'user.graceUntil' : 'user.graceOver',
                { time: texts.time(user.grace_until) })],
            [this.#t('user.codes'), this.#t('user.codesLeft', { count: user.recovery_codes_remaining }), ' ',
                user.status === 'ACTIVE' && [this.#offer('mailCodes'), ' ', this.#offer('codes')]],
        ]);
    }

    /** What the policy requires, and by which rule, in words. */
    #ruling(decision) {
        const { texts } = this.context;
        const names = decision.trace.filter(entry => entry.outcome === 'DECIDED');
        const by = names.map(entry => this.#t('user.byRule', {
            rule: entry.name || entry.rule, level: texts.word('level', entry.level) }));
        const exempt = !decision.required && names.some(entry => entry.level !== 'GLOBAL');
        const required = decision.required && decision.strength && decision.strength !== 'ANY'
            ? `${this.#t('user.required')} (${texts.word('strength', decision.strength)})`
            : this.#t(decision.required ? 'user.required' : 'user.notRequired');
        return [
            h('p', {}, label(decision.decision === 'DENY' ? 'red' : decision.required ? 'blue' : 'grey', required),
                exempt && [' ', label('orange', this.#t('user.exempt'))]),
            by.length > 0 && h('p', { class: 'mfa-note' }, this.#t('user.because', { rules: by.join(', ') })),
            decision.exceptions.map(rule => h('p', { class: 'mfa-note', 'data-testid': 'mfa-exception' }, [
                rule.reason && this.#t('rule.because', { reason: rule.reason }),
                rule.valid_until && this.#t('rule.until', { time: texts.time(rule.valid_until) }),
            ].filter(Boolean).join(' · '))),
            decision.decision === 'DENY' && h('p', { class: 'mfa-note' }, this.#t('user.denied')),
        ];
    }

    #factors() {
        const { texts } = this.context;
        const { enrollments } = this.user;
        if (enrollments.length === 0) return empty(this.#t('user.noFactors'), this.#t('user.noFactorsText'));
        return table(this.#t('user.factors'),
            [this.#t('factor.method'), this.#t('factor.label'), this.#t('factor.enrolled'), this.#t('factor.used'), this.#t('factor.state'), ''],
            enrollments.map(one => [
                texts.word('method', one.method),
                one.label || '–',
                one.enrolled_at ? texts.time(one.enrolled_at) : this.#t('factor.before'),
                texts.time(one.last_used_at),
                this.#state(one),
                this.#offer('revoke', one.enrollment_id),
            ]));
    }

    #state(one) {
        if (one.suspended) return label('red', this.#t('factor.suspended'));
        if (one.flagged) return label('red', this.#t('factor.flagged'));
        return one.status === 'ACTIVE' ? label('green', this.#t('factor.active')) : label('orange', this.#t('factor.pending'));
    }

    /** Most people have none, so nothing stands here before they are known. */
    #trusted(browsers) {
        const { texts } = this.context;
        const place = h('div', {});
        const show = () => browsers().then(() => redraw(place, ...this.browsers.length === 0 ? [] : [card(this.#t('user.browsers'),
            table(this.#t('user.browsers'),
                [this.#t('browser.label'), this.#t('browser.since'), this.#t('browser.used'), this.#t('browser.until'), ''],
                this.browsers.map(one => [one.label, texts.time(one.since), texts.time(one.last_used_at), texts.time(one.until),
                    this.#offer('distrust', one.device_id)])))]),
        problem => redraw(place, card(this.#t('user.browsers'), failure(problem, texts), button('secondary', this.#t('retry'), show))));
        show();
        return place;
    }

    /** Acts on the person rather than on one thing of his. */
    #more(decision) {
        const offered = [this.#offer('mailPass'), this.#offer('pass'), this.#offer('sessions')].filter(Boolean);
        if (offered.length === 0) return undefined;
        decision().then(({ grace }) => {
            const offer = grace && !(new Date(this.user.grace_until) <= new Date()) && this.#offer('grace');
            if (offer) offered.at(-1).before(offer);
        }, () => {});
        return card(this.#t('user.acts'), h('div', { class: 'mfa-buttons' }, offered));
    }

    /** The button of an act, if the reader may do it to this user. */
    #offer(name, subject) {
        const act = acts[name];
        const possible = this.user.enforced && this.user.may.includes(act.role) && (act.when?.(this.user) ?? true);
        return possible && button(act.danger ? 'secondary m-danger m-small' : 'secondary m-small', this.#t(`act.${name}`),
            () => this.#act(name, subject, { act: name, subject }), { 'data-testid': `mfa-${name}` });
    }

    async #act(name, subject, draft) {
        const act = acts[name];
        if (!act || !this.user?.may.includes(act.role)) return;
        const about = { user: this.user.username, factor: this.#named(subject) };
        const answer = await confirm({
            title: this.#t(`act.${name}`),
            text: this.#t(`act.${name}.text`, about),
            confirm: this.#t(`act.${name}`),
            danger: act.danger,
            ticks: (act.ticks ?? []).filter(one => one.when?.(this.user) ?? true)
                .map(one => ({ name: one.name, checked: one.checked, text: this.#t(`tick.${one.name}`), help: this.#t(`tick.${one.name}.help`) })),
            run: values => act.run(this.context.rest, encodeURIComponent(this.#id), subject, values),
        }, this.context.texts, draft);
        if (answer === undefined) return;
        const done = alert('success', this.#t(`act.${name}.done`, { ...about, count: answer.ended ?? answer.sessions_ended }),
            answer.pass && this.#pass(answer), await this.#record(act));
        if (!this.isConnected) {
            notice(this.#t(`act.${name}`), done, this.context.texts);
            return;
        }
        this.#outcome.replaceChildren(done);
        await this.#load();
        this.#outcome.focus({ preventScroll: true });
        this.#outcome.scrollIntoView({ block: 'nearest' });
    }

    #named(subject) {
        const factor = this.user.enrollments.find(one => one.enrollment_id === subject);
        const browser = this.browsers.find(one => one.device_id === subject);
        return factor ? [this.context.texts.word('method', factor.method), factor.label].filter(Boolean).join(' – ') : browser?.label ?? '';
    }

    /** A pass is shown this once. */
    #pass(answer) {
        return h('p', {}, h('code', { class: 'mfa-pass', 'data-testid': 'mfa-pass-code' }, answer.pass), ' ',
            this.#t('act.pass.until', { time: this.context.texts.time(answer.expires_at) }));
    }

    /** The row that the act left in the trail, for who may read it. */
    async #record(act) {
        const { rest } = this.context;
        try {
            const { rows } = await rest.get('audit', { user: this.#id, type: act.event, max: 1 });
            return rows.length > 0 && [h('p', { class: 'mfa-note' }, this.#t('act.recorded'), ' ',
                h('a', { href: `${hash(this.context.realm, 'mfa', 'audit')}?user=${encodeURIComponent(this.#id)}` }, this.#t('act.trail'))),
                auditNote(rows[0], this.context)];
        } catch {
            return undefined;
        }
    }
}

customElements.define('mfa-user-panel', UserPanel);
