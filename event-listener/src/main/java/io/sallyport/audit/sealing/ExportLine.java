package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row as an export tells it: what was hashed, and what it was hashed with. */
final class ExportLine {

    /** So many rows are read at a time. */
    static final int PAGE = 1000;

    /** More conditions follow. */
    static final String ROWS = "SELECT " + TrailColumns.ALL
            + ", A.LEAF_POSITION, A.LEAF_HASH, A.SUBJECT_SALT, A.ACTOR_SALT, A.SUBJECT_HASH, A.ACTOR_HASH"
            + " FROM MFA_AUDIT A WHERE A.REALM_ID = ? AND ";

    private ExportLine() {}

    /** A row that has its place. */
    static Map<String, Object> sealed(ResultSet found) throws SQLException {
        Map<String, Object> line = new LinkedHashMap<>();
        Map<String, String> row = TrailColumns.read(found);
        line.put("position", found.getLong("LEAF_POSITION"));
        put(line, "leaf_hash", found.getString("LEAF_HASH"));
        Optional<String> subject = Optional.ofNullable(found.getString("SUBJECT_HASH"));
        Optional<String> actor = Optional.ofNullable(found.getString("ACTOR_HASH"));
        if (subject.isPresent()) {
            line.put("subject_hash", subject.get());
            row.keySet().removeAll(Part.SUBJECT.fields());
        } else {
            put(line, "subject_salt", found.getString("SUBJECT_SALT"));
        }
        if (actor.isPresent()) {
            line.put("actor_hash", actor.get());
            row.keySet().removeAll(Part.ACTOR.fields());
        } else {
            put(line, "actor_salt", found.getString("ACTOR_SALT"));
        }
        line.put("row", row);
        return line;
    }

    /** A row that has no place yet. */
    static Map<String, Object> unsealed(ResultSet found) throws SQLException {
        return Map.of("row", TrailColumns.read(found));
    }

    private static void put(Map<String, Object> line, String name, @Nullable String value) {
        if (value != null) {
            line.put(name, value);
        }
    }
}
