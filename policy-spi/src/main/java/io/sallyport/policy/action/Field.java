package io.sallyport.policy.action;

import java.util.regex.Pattern;

/**
 * One detail of an action.
 *
 * @param name its name in the details
 * @param kind what it holds
 * @param required whether an approval without it is refused
 * @param shown whether people see it before they approve; what is not shown is bound all the same
 */
public record Field(String name, Kind kind, boolean required, boolean shown) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    public Field {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "want a to z, 0 to 9 and _, at most 32 of them, beginning with a letter");
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** What a detail may hold. */
    public enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        TEXTS
    }
}
