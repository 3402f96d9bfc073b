package io.sallyport.verify;

/** What people are told by mail: changes that somebody else could have made behind their backs. */
public enum Notice {
    ENROLLED("mfaNoticeEnrolled"),
    REMOVED("mfaNoticeRemoved"),
    RECOVERY_CODES_MADE("mfaNoticeRecoveryMade"),
    RECOVERY_CODES_VOIDED("mfaNoticeRecoveryVoided"),
    RECOVERY_CODE_USED("mfaNoticeRecoveryUsed"),
    LOCKED("mfaNoticeLocked"),
    UNLOCKED("mfaNoticeUnlocked"),
    SUSPENDED("mfaNoticeSuspended"),
    PASS_ISSUED("mfaNoticePass"),
    DEVICE_TRUSTED("mfaNoticeDeviceTrusted"),
    DEVICE_ENDED("mfaNoticeDeviceEnded"),
    /** To administrators. */
    SUSPENDED_FACTOR_OF("mfaNoticeSuspendedOf");

    private final String key;

    Notice(String key) {
        this.key = key;
    }

    /** Key of the subject; that of the explanation ends in {@code Text}. */
    String key() {
        return key;
    }

    /** Whether it is about the reader's own account. */
    boolean toTheUser() {
        return this != SUSPENDED_FACTOR_OF;
    }
}
