package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The fields of a row as their columns hold them: what is hashed is what was stored. Details that don't fit their column stand
 * in a larger one; which of the two it is makes no difference to the hash.
 */
public final class TrailColumns {

    private static final List<String> FIELDS =
            Arrays.stream(Part.values()).flatMap(part -> part.fields().stream()).toList();

    /** For a SELECT of {@code MFA_AUDIT A}. */
    public static final String ALL = FIELDS.stream().map(TrailColumns::column).collect(Collectors.joining(", "));

    private TrailColumns() {}

    /** Field by field; what does not apply is left out. */
    public static Map<String, String> read(ResultSet row) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        for (int at = 0; at < FIELDS.size(); at++) {
            String value = row.getString(at + 1);
            if (value != null) {
                values.put(FIELDS.get(at), value);
            }
        }
        return values;
    }

    /** The column of a field, of {@code MFA_AUDIT A}. */
    public static String column(String field) {
        return switch (field) {
            case "rule" -> "A.RULE_ID";
            case "actor" -> "A.ACTOR_ID";
            case "details" -> "COALESCE(A.LONG_DETAILS, A.DETAILS)";
            default -> "A." + field.toUpperCase(Locale.ROOT);
        };
    }
}
