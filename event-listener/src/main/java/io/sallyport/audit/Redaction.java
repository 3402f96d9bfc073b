package io.sallyport.audit;

import io.sallyport.audit.reading.DetailsJson;
import io.sallyport.audit.store.AuditRecord;
import io.sallyport.event.Detail;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes what an event says fit to be kept: only listed details, only harmless characters, no more than a column holds. */
final class Redaction {

    /** What has no column of its own and may be kept; a detail that is not on this list is dropped, whatever it is. */
    private static final Set<String> KEPT = Set.of(
            Detail.ENROLLMENT_ID,
            Detail.LOCKED_UNTIL,
            Detail.POLICY_LEVEL,
            Detail.SETTING,
            Detail.GRACE_UNTIL,
            Detail.SKIPS_LEFT,
            Detail.ACTION,
            Detail.ACTION_HASH,
            Detail.CODES_LEFT,
            Detail.DELIVERY,
            Detail.DEVICE,
            Detail.PROVIDER,
            Detail.ROWS,
            Detail.FORMAT,
            Detail.EXPORT,
            Detail.FROM,
            Detail.TO);
    /** What is worth nothing unless it is whole; if there is too much of it, there is no row. */
    private static final Set<String> WHOLE = Set.of(Detail.BEFORE, Detail.AFTER, Detail.FILTERS, Detail.MANIFEST);

    private Redaction() {}

    /** The listed details. */
    static Map<String, String> details(Map<String, String> all) {
        Map<String, String> kept = new TreeMap<>();
        for (String name : KEPT) {
            text(all.get(name), AuditRecord.MAX_NAME).ifPresent(value -> kept.put(name, value));
        }
        for (String name : WHOLE) {
            text(all.get(name), DetailsJson.MAX).ifPresent(value -> kept.put(name, value));
        }
        return kept;
    }

    /** The text on one line, cut between characters; empty if nothing is left to see. */
    static Optional<String> text(@Nullable String value, int max) {
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
