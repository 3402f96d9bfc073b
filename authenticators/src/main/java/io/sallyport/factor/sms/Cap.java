package io.sallyport.factor.sms;

import io.sallyport.provider.ConfigKey;
import io.sallyport.provider.SmsSetting;
import java.time.Duration;
import java.util.Locale;

/** What messages are counted by, and in which time. */
public enum Cap {
    USER("s.userId = :value", Duration.ofHours(24)),
    NUMBER("s.numberHash = :value", Duration.ofHours(24)),
    PREFIX("s.prefixHash = :value", Duration.ofHours(1)),
    ADDRESS("s.addressHash = :value", Duration.ofHours(1)),
    TENANT("concat(' ', s.tenants, ' ') like concat('% ', :value, ' %')", Duration.ofHours(24)),
    DAY("s.realmId = :value", Duration.ofHours(24));

    private final String condition;
    private final Duration window;

    Cap(String condition, Duration window) {
        this.condition = condition;
        this.window = window;
    }

    String condition() {
        return condition;
    }

    ConfigKey<Integer> setting() {
        return switch (this) {
            case USER -> SmsSetting.USER_CAP;
            case NUMBER -> SmsSetting.NUMBER_CAP;
            case PREFIX -> SmsSetting.PREFIX_CAP;
            case ADDRESS -> SmsSetting.ADDRESS_CAP;
            case TENANT -> SmsSetting.TENANT_CAP;
            case DAY -> SmsSetting.DAY_CAP;
        };
    }

    /** Whether people who have nothing to do with each other use it up together. */
    boolean isShared() {
        return this == TENANT || this == DAY;
    }

    Duration window() {
        return window;
    }

    /** The reason in events. */
    public String wireName() {
        return "sms_" + name().toLowerCase(Locale.ROOT) + "_cap";
    }
}
