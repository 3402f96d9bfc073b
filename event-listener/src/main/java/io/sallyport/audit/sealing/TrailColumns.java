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

/** The fields of a row as their columns hold them: what is hashed is what was stored. */
final class TrailColumns {

    private static final List<String> FIELDS =
            Arrays.stream(Part.values()).flatMap(part -> part.fields().stream()).toList();

    /** For a SELECT of {@code MFA_AUDIT A}. */
    static final String ALL = FIELDS.stream().map(TrailColumns::column).collect(Collectors.joining(", "));

    private TrailColumns() {}

    /** Field by field; what does not apply is left out. */
    static Map<String, String> read(ResultSet row) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        for (int at = 0; at < FIELDS.size(); at++) {
            String value = row.getString(at + 1);
            if (value != null) {
                values.put(FIELDS.get(at), value);
            }
        }
        return values;
    }

    private static String column(String field) {
        return switch (field) {
            case "rule" -> "A.RULE_ID";
            case "actor" -> "A.ACTOR_ID";
            default -> "A." + field.toUpperCase(Locale.ROOT);
        };
    }
}
