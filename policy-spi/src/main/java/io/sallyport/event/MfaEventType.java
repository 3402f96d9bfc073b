package io.sallyport.event;

import java.util.Optional;

/** Our events with their stable names and numbers; neither ever changes. */
public enum MfaEventType {
    LOCKED("auth.mfa_locked", 10083),
    DEACTIVATED("auth.mfa_deactivated", 10051),
    ENROLLMENT_STARTED("auth.mfa_enrollment_started", 10090),
    ACTIVATED("auth.mfa_activated", 10091),
    CHALLENGE_CREATED("auth.mfa_challenge_created", 10092),
    VERIFIED("auth.mfa_verified", 10093),
    RECOVERY_USED("auth.mfa_recovery_used", 10094),
    POLICY_CREATED("auth.mfa_policy_created", 10095),
    POLICY_DELETED("auth.mfa_policy_deleted", 10096),
    RECOVERY_RESET("auth.mfa_recovery_reset", 10097),
    FAILED("auth.mfa_failed", 10099),
    POLICY_UPDATED("auth.mfa_policy_updated", 10100),
    UNLOCKED("auth.mfa_unlocked", 10101),
    SKIPPED("auth.mfa_skipped", 10102),
    SETTINGS_CHANGED("auth.mfa_settings_changed", 10103),
    PASS_ISSUED("auth.mfa_pass_issued", 10104),
    TOKEN_REFUSED("auth.mfa_token_refused", 10105),
    NOTICE_FAILED("auth.mfa_notice_failed", 10106),
    DEVICE_TRUSTED("auth.mfa_device_trusted", 10110),
    DEVICE_ENDED("auth.mfa_device_ended", 10111),
    APPROVAL_SPENT("auth.mfa_approval_spent", 10112),
    PERSON_ERASED("auth.mfa_person_erased", 10113),
    AUDIT_READ("auth.mfa_audit_read", 10120),
    AUDIT_EXPORTED("auth.mfa_audit_exported", 10121),
    AUDIT_PRUNED("auth.mfa_audit_pruned", 10122),
    EVIDENCE_EXPORTED("auth.mfa_evidence_exported", 10123),
    /** No row of the trail: it is about the trail, and is told to sinks only. */
    AUDIT_CHECKPOINT("auth.mfa_audit_checkpoint", 10124),
    COVERAGE_READ("auth.mfa_coverage_read", 10125),
    OUTBOX_RESENT("auth.mfa_outbox_resent", 10130),
    OUTBOX_EXPIRED("auth.mfa_outbox_expired", 10131),
    SESSIONS_ENDED("auth.mfa_sessions_ended", 10140),
    GRACE_ENDED("auth.mfa_grace_ended", 10141),
    RECOVERY_LINK_MAILED("auth.mfa_recovery_link_mailed", 10142),
    EXCEPTION_ENDING("auth.mfa_exception_ending", 10143);

    private final String wireName;
    private final int code;

    MfaEventType(String wireName, int code) {
        this.wireName = wireName;
        this.code = code;
    }

    /** The name in events, audit rows and messages. */
    public String wireName() {
        return wireName;
    }

    /** The number in audit rows and messages. */
    public int code() {
        return code;
    }

    /** The type of this wire name. */
    public static Optional<MfaEventType> named(String wireName) {
        for (MfaEventType type : values()) {
            if (type.wireName.equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
