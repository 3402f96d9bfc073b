/**
 * What can be done about a user: the role that it takes, the event that it leaves in the trail, the call. The texts are
 * `act.<name>`, with `.text` (what will happen) and `.done`.
 */
const RESET = 'mfa.reset_mfa';
const REVOKE = 'mfa.disable_mfa';

export const acts = {
    unlock: {
        role: RESET, event: 'auth.mfa_unlocked',
        run: (rest, user, subject, { reason }) => rest.post(`users/${user}/unlock`, { reason }),
    },
    codes: {
        role: RESET, event: 'auth.mfa_recovery_reset', danger: true,
        run: (rest, user, subject, { reason }) => rest.post(`users/${user}/recovery-codes`, { reason }),
    },
    mailCodes: {
        role: RESET, event: 'auth.mfa_recovery_link_mailed', when: user => user.mail,
        run: (rest, user, subject, { reason }) => rest.post(`users/${user}/recovery-codes`, { reason, by_mail: true }),
    },
    revoke: {
        role: REVOKE, event: 'auth.mfa_deactivated', danger: true,
        ticks: [{ name: 'end_sessions', checked: true }, { name: 'mail_pass', checked: false,
            when: user => user.mail && user.may.includes(RESET) }],
        run: (rest, user, subject, values) => rest.delete(`users/${user}/enrollments/${encodeURIComponent(subject)}`, values),
    },
    distrust: {
        role: RESET, event: 'auth.mfa_device_ended', danger: true,
        run: (rest, user, subject, { reason }) => rest.delete(`users/${user}/devices/${encodeURIComponent(subject)}`, { reason }),
    },
    mailPass: {
        role: RESET, event: 'auth.mfa_pass_issued', when: user => user.mail,
        run: (rest, user, subject, { reason }) => rest.post(`users/${user}/pass`, { reason, by_mail: true }),
    },
    pass: {
        role: RESET, event: 'auth.mfa_pass_issued',
        run: (rest, user, subject, { reason }) => rest.post(`users/${user}/pass`, { reason }),
    },
    grace: {
        role: RESET, event: 'auth.mfa_grace_ended',
        run: (rest, user, subject, { reason }) => rest.delete(`users/${user}/grace`, { reason }),
    },
    sessions: {
        role: RESET, event: 'auth.mfa_sessions_ended', danger: true,
        run: (rest, user, subject, { reason }) => rest.delete(`users/${user}/sessions`, { reason }),
    },
};
