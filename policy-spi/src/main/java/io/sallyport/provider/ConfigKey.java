package io.sallyport.provider;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    /** The bounds of a number; absent for everything else. */
    public Optional<Bounds> bounds() {
        return parser instanceof Bounded<?> number
                ? Optional.of(new Bounds(number.least(), number.most()))
                : Optional.empty();
    }

    /** The texts that there are, where there are only a few; otherwise none. */
    public List<String> choices() {
        return parser instanceof OneOf<?> few ? few.names() : List.of();
    }

    /** The least and the greatest number that is taken. */
    public record Bounds(int least, int most) {}

    /** A whole number within the bounds. */
    static Function<String, Integer> number(int least, int most) {
        return new Bounded<>(least, most, Integer::valueOf);
    }

    /** Whole seconds within the bounds. */
    static Function<String, Duration> seconds(int least, int most) {
        return new Bounded<>(least, most, Duration::ofSeconds);
    }

    /** Whole days within the bounds. */
    static Function<String, Duration> days(int least, int most) {
        return new Bounded<>(least, most, Duration::ofDays);
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
