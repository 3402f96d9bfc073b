package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parts of a row that were erased. No seal is about their fields any more, so what stands there all the same was written by
 * somebody who wants it to be taken for trail: no reader is shown it, and the verifier gets to see it.
 */
public final class ErasedParts {

    /** For a SELECT of {@code MFA_AUDIT A}, behind others. */
    public static final String COLUMNS = ", A.SUBJECT_HASH, A.ACTOR_HASH";

    /** What the erasure leaves where a column can't be empty. */
    private static final Map<String, String> LEFT = Map.of("details", "{}", "correlation_id", "erased");

    private ErasedParts() {}

    /** Leaves their fields out of a row for readers, and says so in the field {@code erased}. */
    public static void hide(Map<String, String> row, ResultSet found) throws SQLException {
        Set<Part> parts = of(found);
        if (!parts.isEmpty()) {
            parts.forEach(part -> row.keySet().removeAll(part.fields()));
            row.put(
                    "erased",
                    parts.stream()
                            .map(part -> part.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(" ")));
        }
    }

    /** Leaves out what the erasure left, and nothing else. */
    static void clear(Map<String, String> row, Set<Part> parts) {
        LEFT.forEach((field, left) -> {
            if (parts.stream().anyMatch(part -> part.fields().contains(field))) {
                row.remove(field, left);
            }
        });
    }

    /** Whether a row that is clear says something in them. */
    static boolean speak(Map<String, String> row, Set<Part> parts) {
        return parts.stream().flatMap(part -> part.fields().stream()).anyMatch(row::containsKey);
    }

    static Set<Part> of(ResultSet found) throws SQLException {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (found.getString("SUBJECT_HASH") != null) {
            parts.add(Part.SUBJECT);
        }
        if (found.getString("ACTOR_HASH") != null) {
            parts.add(Part.ACTOR);
        }
        return parts;
    }
}
