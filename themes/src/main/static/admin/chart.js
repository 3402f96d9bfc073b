/** Two lines over time, drawn by hand; the same numbers as a table for who does not see them. */
import { h, newId, table } from './dom.js';

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 64;
const BOTTOM = 28;
const TOP = 10;

const LINES = [
    { name: 'enrolled_percent', look: 'mfa-line-one' },
    { name: 'required_enrolled_percent', look: 'mfa-line-two' },
];

/**
 * @param {object[]} days each with its time and the percentages, oldest first; two of them at least
 */
export function chart(days, texts) {
    const first = Date.parse(days[0].at);
    const span = Date.parse(days.at(-1).at) - first || 1;
    const x = at => LEFT + (Date.parse(at) - first) / span * (WIDTH - LEFT - 8);
    const y = percent => TOP + (100 - percent) / 100 * (HEIGHT - TOP - BOTTOM);
    const titleId = newId();
    const path = name => days.map((day, at) => `${at === 0 ? 'M' : 'L'}${x(day.at).toFixed(1)} ${y(day[name]).toFixed(1)}`).join(' ');
    return [
        h('div', { class: 'mfa-plot' }, h('svg', { class: 'mfa-chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-labelledby': titleId },
            h('title', { id: titleId }, texts.t('chart.title', { from: texts.day(days[0].at), to: texts.day(days.at(-1).at),
                percent: days.at(-1).enrolled_percent })),
            [0, 25, 50, 75, 100].map(percent => [
                h('line', { class: 'mfa-grid-line', x1: LEFT, x2: WIDTH, y1: y(percent), y2: y(percent) }),
                h('text', { x: LEFT - 6, y: y(percent) + 4, 'text-anchor': 'end' }, `${percent} %`)]),
            [[days[0], 'start'], [days.at(-1), 'end']].map(([day, anchor]) =>
                h('text', { x: x(day.at), y: HEIGHT - 8, 'text-anchor': anchor }, texts.day(day.at))),
            LINES.map(line => h('path', { class: line.look, d: path(line.name) })))),
        h('p', { class: 'mfa-legend' }, LINES.map(line => h('span', {}, h('span', { class: `mfa-key ${line.look}`, 'aria-hidden': 'true' }),
            texts.t(`chart.${line.name}`)))),
        h('details', {}, h('summary', {}, texts.t('chart.table')),
            table(texts.t('chart.table'), [texts.t('chart.day'), ...LINES.map(line => texts.t(`chart.${line.name}`))],
                days.map(day => [texts.day(day.at), ...LINES.map(line => `${day[line.name]} %`)]))),
    ];
}
