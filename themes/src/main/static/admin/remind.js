/** Reminds whoever opens the page of exceptions that end soon, before somebody can't sign in one morning. */
import { h, label } from './dom.js';

const SOON = 14;
const DAY = 86_400_000;
/** More than so many are not counted: nobody needs to know how many more. */
const MOST = 20;

/** Whole days that are left of a rule; none or fewer if it is over. */
export const daysLeft = rule => Math.ceil((new Date(rule.valid_until) - new Date()) / DAY);

export const endsSoon = rule => rule.state === 'ENFORCED' && daysLeft(rule) > 0 && daysLeft(rule) <= SOON;

/** Puts a number beside the name of the register. */
export async function remind({ rest, texts }, tab) {
    const { policies, next } = await rest.get('policies', { exceptions: true, ends_from: new Date().toISOString(), max: MOST });
    const soon = policies.filter(endsSoon).length;
    if (soon === 0) return;
    const count = texts.number(soon) + (next && daysLeft(policies.at(-1)) <= SOON ? '+' : '');
    tab.append(' ', h('span', { title: texts.t('exceptions.ending', { count }) }, label('orange', count)));
}
