package io.sallyport.provider;

import java.time.Duration;
import java.util.List;

/** The settings of the audit trail; as they are by default, it is kept for ever. */
public final class AuditSetting {

    private static final int LEAST = 30;
    private static final int MOST = 36_500;

    public static final ConfigKey<Duration> RETENTION_DAYS = new ConfigKey<>(
            "mfa.audit.retention-days",
            "Life of audit rows (days)",
            "Rows that are older are removed, and the rest still verifies; 0 means that all are kept for ever.",
            "0",
            AuditSetting::days);

    private AuditSetting() {}

    static List<ConfigKey<?>> all() {
        return List.of(RETENTION_DAYS);
    }

    /** Less than a month would be a way to get rid of what was just done. */
    private static Duration days(String text) {
        try {
            return text.equals("0")
                    ? Duration.ZERO
                    : ConfigKey.days(LEAST, MOST).apply(text);
        } catch (IllegalArgumentException outside) {
            throw new IllegalArgumentException("0 or " + LEAST + " to " + MOST, outside);
        }
    }
}
