/** Switching MFA on and off: what it means, who may not, and what the page says from then on, wherever it is done. */

/** What stops being enforced, with as many numbers as the server tells just now. */
export async function consequences({ rest, texts }) {
    const required = await rest.get('coverage').then(({ required }) => required, () => undefined);
    return [
        required === undefined ? texts.t('undo.people') : texts.t('undo.required', { count: texts.number(required) }),
        ...['rules', 'approvals', 'tokens', 'sessions', 'stays'].map(name => texts.t(`undo.${name}`))];
}

/** Where nobody can prove anything yet, a proof is no way out. */
export function mayNot(problem) {
    if (problem.wantsProof && problem.problems.length > 0) Object.assign(problem, { name: 'MAY_NOT_ENABLE', problems: [] });
    throw problem;
}

/** It is on or off now. */
export function switched(context, on) {
    context.enforced = on;
    document.querySelector('mfa-realm-page')?.head?.();
}
