package io.sallyport.audit.seal;

import java.util.List;

/** The parts of a row; what is about people can be erased without the leaf changing. */
public enum Part {
    /** What may be kept for ever. */
    FACTS(0x10),
    /** Whom it is about. */
    SUBJECT(0x11),
    /** Who acted, and from where. */
    ACTOR(0x12);

    private static final List<String> OF_FACTS = List.of(
            "event_id",
            "event_code",
            "event_type",
            "realm_id",
            "tenant",
            "client_id",
            "method",
            "outcome",
            "attempt",
            "rule",
            "policy_version",
            "timestamp");
    private static final List<String> OF_SUBJECT = List.of("user_id", "reason", "details");
    private static final List<String> OF_ACTOR = List.of("actor", "session_id", "ip", "user_agent", "correlation_id");

    private final int mark;

    Part(int mark) {
        this.mark = mark;
    }

    /** Names of the fields, in the order in which they are hashed. */
    public List<String> fields() {
        return switch (this) {
            case FACTS -> OF_FACTS;
            case SUBJECT -> OF_SUBJECT;
            case ACTOR -> OF_ACTOR;
        };
    }

    /** What its commitment begins with: no leaf (0), node (1) or other part does. */
    int mark() {
        return mark;
    }
}
