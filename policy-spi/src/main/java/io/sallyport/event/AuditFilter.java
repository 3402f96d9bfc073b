package io.sallyport.event;

import java.util.Locale;
import java.util.Optional;

/** What rows of the trail are looked for by; the names are those of the query. */
public enum AuditFilter {
    EVENT_ID,
    /** Id of whom it is about. */
    USER,
    /** Id of who acted. */
    ACTOR,
    /** The number of the event. */
    TYPE,
    METHOD,
    OUTCOME,
    CLIENT,
    SESSION,
    /** Id of an organization that counted. */
    TENANT,
    IP,
    /** Id of the deciding rule. */
    RULE,
    CORRELATION_ID;

    /** The name in a query. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The filter of this name. */
    public static Optional<AuditFilter> named(String wireName) {
        for (AuditFilter filter : values()) {
            if (filter.wireName().equals(wireName)) {
                return Optional.of(filter);
            }
        }
        return Optional.empty();
    }
}
