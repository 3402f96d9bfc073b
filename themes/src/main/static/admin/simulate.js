/** What a change would do to everybody: counted while one looks on, stopped when one has seen enough. */
import { failure } from './dialog.js';
import { alert, button, h, label, newId, redraw, table } from './dom.js';
import { Problem } from './rest.js';

const LISTED = 20;
const VERDICTS = ['skip', 'challenge', 'enroll', 'deny'];
const LOOKS = { skip: 'grey', challenge: 'blue', enroll: 'orange', deny: 'red' };

/**
 * Begins to count.
 *
 * @param {object} draft what `simulate` takes: a rule, or rules to enforce
 * @param {object} how signal (an AbortSignal that ends it), deleting (that a rule is off is then no news)
 * @return element, `stop`, and `done`, a promise of the problem that there was, if any
 */
export function simulation(rest, draft, texts, { signal, deleting } = {}) {
    const t = texts.t.bind(texts);
    const element = h('div', { 'data-testid': 'mfa-simulation' });
    let stop;
    const done = run();
    signal?.addEventListener('abort', () => stop.abort(), { once: true });
    return { element, done, stop: () => stop?.abort() };

    async function run() {
        stop = new AbortController();
        if (signal?.aborted) stop.abort();
        const name = newId();
        const bar = h('progress', { class: 'mfa-progress', 'aria-labelledby': name });
        const said = h('span', { class: 'mfa-note' });
        const affected = [];
        let last;
        redraw(element, h('div', { class: 'mfa-counting', role: 'status' },
            h('p', { id: name }, t('sim.running')), bar, said,
            button('secondary m-small', t('sim.stop'), () => stop.abort(), { 'data-testid': 'mfa-stop' })));
        try {
            for await (const line of lines(rest, { ...draft, max: LISTED }, stop.signal)) {
                if (line.affected) affected.push(line.affected);
                if (line.summary) last = line;
                if (line.progress) {
                    bar.max = line.progress.total;
                    bar.value = line.progress.done;
                    said.textContent = t('sim.progress', {
                        done: texts.number(line.progress.done), total: texts.number(line.progress.total) });
                }
            }
            // a stream that breaks off ends like one that is whole
            if (!last) throw new Problem(0, {});
            const warnings = (last.summary.warnings ?? []).filter(text => !deleting || !/is DISABLED and decides nothing/.test(text));
            redraw(element, ...result(last, affected, warnings, texts));
        } catch (problem) {
            const again = button('secondary m-small', t('sim.again'), run);
            redraw(element, problem.name === 'AbortError'
                ? alert('warning', t('sim.stopped'), h('p', {}, t('sim.stoppedText'))) : failure(problem, texts), again);
            return problem;
        }
        return undefined;
    }
}

/** What the server says line by line. */
async function* lines(rest, body, signal) {
    const decoder = new TextDecoder();
    let begun = '';
    for await (const piece of rest.pieces('POST', 'simulate', { body, type: 'application/x-ndjson', signal })) {
        const whole = (begun + decoder.decode(piece, { stream: true })).split('\n');
        begun = whole.pop();
        yield* whole.filter(Boolean).map(line => JSON.parse(line));
    }
}

function result({ context, summary, next }, affected, warnings, texts) {
    const t = texts.t.bind(texts);
    const n = value => texts.number(value);
    const moved = Object.values(summary.changes ?? {}).reduce((sum, count) => sum + count, 0);
    const about = (kind, key, count) => count > 0 && alert(kind, t(key, { count: n(count) }));
    return [
        h('p', { class: 'mfa-note' }, t('sim.asIf', { client: context.client, users: n(summary.users),
            address: context.address ?? t('sim.anywhere') })),
        moved + (summary.other_terms ?? 0) === 0
            ? alert('info', t('sim.nobody'), h('p', {}, t('sim.nobodyText')))
            : h('p', { class: 'mfa-moved', 'data-testid': 'mfa-moved' }, t('sim.moved', { count: n(moved), users: n(summary.users) })),
        table(t('sim.numbers'), [t('sim.verdict'), t('sim.now'), t('sim.then')], VERDICTS.map(verdict => [
            label(LOOKS[verdict], texts.word('verdict', verdict)), n(summary.before[verdict]),
            summary.before[verdict] === summary.after[verdict] ? n(summary.after[verdict]) : h('strong', {}, n(summary.after[verdict]))])),
        about('danger', 'sim.refused', summary.refused),
        about('danger', 'sim.breakGlass', summary.break_glass?.refused),
        about('warning', 'sim.administrators', (summary.administrators?.must_enroll ?? 0) + (summary.administrators?.refused ?? 0)),
        about('warning', 'sim.mustEnroll', summary.must_enroll),
        about('info', 'sim.otherTerms', summary.other_terms),
        warnings.length > 0 && alert('warning', t('sim.warnings'), warnings.map(text => h('p', {}, inWords(text, texts)))),
        affected.length > 0 && h('details', { class: 'mfa-affected' },
            h('summary', {}, t('sim.who', { count: n(affected.length) })),
            table(t('sim.affected'), [t('column.user'), t('sim.now'), t('sim.then')], affected.map(one => [
                [one.username, one.administrator && [' ', label('blue', t('sim.administrator'))],
                    one.break_glass && [' ', label('red', t('sim.emergency'))]],
                texts.word('verdict', one.before), texts.word('verdict', one.after)])),
            next && h('p', { class: 'mfa-note' }, t('sim.more'))),
    ].filter(Boolean);
}

/** Warnings that the server words always alike, with what it names in them. */
const WARNINGS = [
    [/^MFA is not in force/, 'sim.notEnforced'],
    [/external directory (.+) are not counted/, 'sim.external'],
    [/exception lasts until .*, more than a year/, 'sim.long'],
    [/has (\S+), which is every/, 'sim.everyAddress'],
    [/leaves none of its methods/, 'sim.noMethods'],
    [/is (REPORT_ONLY|DISABLED) and decides nothing/, 'sim.decidesNothing', 'state'],
    [/has ended and decides nothing/, 'sim.ended'],
    [/has not begun and decides nothing yet/, 'sim.notBegun'],
    [/nobody will be reminded/, 'sim.unreminded'],
];

/** A warning of the server in the reader's language, without the id of the rule that he looks at anyway. */
export function inWords(text, texts) {
    const [known, key, kind] = WARNINGS.find(([pattern]) => pattern.test(text)) ?? [];
    if (!known) return text.replace(/^rule .*?: /, '');
    const [, name] = known.exec(text);
    return texts.t(key, { name: kind ? texts.word(kind, name) : name });
}
