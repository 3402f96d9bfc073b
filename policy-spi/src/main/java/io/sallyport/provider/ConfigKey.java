package io.sallyport.provider;

import java.time.Duration;
import java.util.function.Function;

/**
 * One setting, declared once: the administration and every reader take it from here.
 *
 * @param name name in the table, in realm attributes and over REST
 * @param label what administrators read
 * @param help one sentence on what it does
 * @param defaultText the default as it would be written
 * @param parser turns the text into the value; throws {@link IllegalArgumentException} naming found and wanted
 */
public record ConfigKey<T>(String name, String label, String help, String defaultText, Function<String, T> parser) {

    /** The value of this text. */
    T parse(String text) {
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(name + " = " + shown(text) + ", want " + bad.getMessage(), bad);
        }
    }

    /** {@code true} or {@code false}, nothing else. */
    static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    /** A whole number within the bounds. */
    static Function<String, Integer> number(int least, int most) {
        return text -> {
            String wanted = least + " to " + most;
            if (!text.matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException(wanted);
            }
            int value = Integer.parseInt(text);
            if (value < least || value > most) {
                throw new IllegalArgumentException(wanted);
            }
            return value;
        };
    }

    /** Whole seconds within the bounds. */
    static Function<String, Duration> seconds(int least, int most) {
        return text -> Duration.ofSeconds(number(least, most).apply(text));
    }

    /** Whole days within the bounds. */
    static Function<String, Duration> days(int least, int most) {
        return text -> Duration.ofDays(number(least, most).apply(text));
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
