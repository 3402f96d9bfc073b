package io.sallyport.population.simulation;

import java.util.Locale;
import java.util.Optional;

/** Which of the people who are affected are listed. */
public enum Show {
    MUST_ENROLL,
    REFUSED,
    LOOSENED,
    TIGHTENED,
    ADMINISTRATORS,
    BREAK_GLASS;

    boolean includes(Affected affected) {
        return switch (this) {
            case MUST_ENROLL -> affected.after() == Verdict.ENROLL;
            case REFUSED -> affected.after() == Verdict.DENY;
            case LOOSENED -> affected.after().compareTo(affected.before()) < 0;
            case TIGHTENED -> affected.after().compareTo(affected.before()) > 0;
            case ADMINISTRATORS -> affected.person().administrator();
            case BREAK_GLASS -> affected.person().breakGlass();
        };
    }

    /** The one of exactly this name in lower case. */
    public static Optional<Show> named(String name) {
        for (Show show : values()) {
            if (show.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(show);
            }
        }
        return Optional.empty();
    }
}
