package io.sallyport.journey;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What clients do in the storm, and which rows of the trail say that it was done, the one that tells it from others first. */
enum DeedKind {
    /** A password with a code that is none. */
    GUESS(),
    /** A password without a code, where one is wanted. */
    PASSWORD(),
    SIGN_IN("auth.mfa_verified"),
    /** A code with the mfa_token that a password alone gave. */
    PROVE("auth.mfa_verified"),
    NEW_CODES("auth.mfa_recovery_reset"),
    RECOVER("auth.mfa_recovery_used", "auth.mfa_verified"),
    ENROLL("auth.mfa_enrollment_started"),
    ACTIVATE("auth.mfa_activated", "auth.mfa_verified"),
    REMOVE("auth.mfa_deactivated"),
    ASK("auth.mfa_challenge_created"),
    APPROVE("auth.mfa_verified"),
    SPEND("auth.mfa_approval_spent"),
    MAKE_RULE("auth.mfa_policy_created"),
    CHANGE_RULE("auth.mfa_policy_updated"),
    DELETE_RULE("auth.mfa_policy_deleted"),
    UNLOCK("auth.mfa_unlocked"),
    GIVE_PASS("auth.mfa_pass_issued"),
    REVOKE("auth.mfa_deactivated"),
    READ("auth.mfa_audit_read"),
    EXPORT("auth.mfa_audit_exported");

    private final String rows;

    DeedKind(String... rows) {
        this.rows = String.join(" ", rows);
    }

    /** Those that can succeed. */
    static Set<DeedKind> possible() {
        return EnumSet.complementOf(EnumSet.of(GUESS, PASSWORD));
    }

    /** Types of its rows; none if it must never succeed. */
    List<String> rows() {
        return rows.isEmpty() ? List.of() : List.of(rows.split(" ", -1));
    }

    /** Whether each row is an effect of its own, and not the mere telling that somebody looks. */
    boolean changes() {
        return this != READ && this != EXPORT;
    }
}
