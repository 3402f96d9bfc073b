package io.sallyport.population.coverage;

import java.util.Locale;
import java.util.Optional;

/** Whom a list is about. */
public enum State {
    /** Everybody who is active. */
    ALL(""),
    /** Who has no factor: whoever keeps the share of enrolled people below 100 %. */
    MISSING(" and not exists " + Columns.FACTOR + ")"),
    ENROLLED(" and exists " + Columns.FACTOR + ")"),
    /** Who must prove MFA and has nothing that would do. */
    REQUIRED_MISSING(""),
    /** Whom an exception lets in without MFA. */
    EXEMPT(""),
    LOCKED(" and exists (select 1 from MfaThrottle x where x.realmId = :realm and x.userId = u.id"
            + " and x.lockedUntil > :now)"),
    /** Who must enroll and may still put it off. */
    GRACE(" and exists (select 1 from MfaGrace x where x.realmId = :realm and x.userId = u.id"
            + " and (x.endsAt = 0 or x.endsAt > :now))"),
    SMS_ONLY(" and exists " + Columns.FACTOR + " and x.type in (" + Columns.SMS + "))"),
    PHISHING_RESISTANT(" and exists " + Columns.FACTOR + " and x.type in (" + Columns.KEYS + "))");

    private final String where;

    State(String where) {
        this.where = where;
    }

    /** What the database can tell of it beforehand: all who are in this state, and perhaps others. */
    String where() {
        return where;
    }

    /** Whether nobody in it has a factor: there is nothing to be gathered of them. */
    boolean isWithoutFactor() {
        return this == MISSING;
    }

    /** Whether the database tells of nobody else. */
    boolean isExact() {
        return this != REQUIRED_MISSING && this != EXEMPT && this != GRACE;
    }

    /** Whether somebody is in it. */
    boolean includes(Covered one) {
        Judgement standing = one.standing();
        return switch (this) {
            case ALL -> true;
            case MISSING -> !standing.enrolled();
            case ENROLLED -> standing.enrolled();
            case REQUIRED_MISSING -> standing.isMissing();
            case EXEMPT -> standing.isExempt();
            case LOCKED -> one.lockedUntil().isPresent();
            case GRACE -> standing.inGrace();
            case SMS_ONLY -> standing.smsOnly();
            case PHISHING_RESISTANT -> standing.phishingResistant();
        };
    }

    /** The one of exactly this name in lower case. */
    public static Optional<State> named(String name) {
        for (State state : values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
