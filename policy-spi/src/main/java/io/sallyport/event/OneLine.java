package io.sallyport.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody wrote, as one line that every log can show and every database can hold. */
public final class OneLine {

    private OneLine() {}

    /** Its harmless characters, at most so many of them, cut between characters; empty if nothing is left to see. */
    public static Optional<String> of(@Nullable String value, int max) {
        if (value == null) {
            return Optional.empty();
        }
        StringBuilder line = new StringBuilder(Math.min(max, value.length()));
        for (int at = 0; at < value.length(); at = value.offsetByCodePoints(at, 1)) {
            int point = value.codePointAt(at);
            int kept = isHarmless(point) ? point : ' ';
            if (line.length() + Character.charCount(kept) > max) {
                break;
            }
            line.appendCodePoint(kept);
        }
        return Optional.of(line.toString().strip()).filter(text -> !text.isEmpty());
    }

    /** Not harmless: what starts a new line, drives a terminal, turns the reading direction, or is half a character. */
    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
