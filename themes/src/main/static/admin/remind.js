/** Reminds whoever opens the page of exceptions that end soon, before somebody can't sign in one morning. */
import { h, label } from './dom.js';

const SOON = 14;
const DAY = 86_400_000;
const MOST = 500;

/** Whole days that are left of a rule; none or fewer if it is over. */
export const daysLeft = rule => Math.ceil((new Date(rule.valid_until) - new Date()) / DAY);

export const endsSoon = rule => rule.state === 'ENFORCED' && daysLeft(rule) > 0 && daysLeft(rule) <= SOON;

/** Puts a number beside the name of the register. */
export async function remind({ rest, texts }, tab) {
    const { policies } = await rest.get('policies', { exceptions: true, max: MOST });
    const count = policies.filter(endsSoon).length;
    if (count === 0) return;
    tab.append(' ', h('span', { title: texts.t('exceptions.ending', { count }) }, label('orange', texts.number(count))));
}
