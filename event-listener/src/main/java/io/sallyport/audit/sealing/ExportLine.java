package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One row as an export tells it: what was hashed, and what it was hashed with. */
final class ExportLine {

    /** So many rows are read at a time. */
    static final int PAGE = 1000;

    /** More conditions follow. */
    static final String ROWS =
            "SELECT " + TrailColumns.ALL + StoredLeaf.COLUMNS + " FROM MFA_AUDIT A WHERE A.REALM_ID = ? AND ";

    private ExportLine() {}

    /** A row that has its place. */
    static Map<String, Object> sealed(ResultSet found) throws SQLException {
        Map<String, Object> line = new LinkedHashMap<>();
        Map<String, String> row = TrailColumns.read(found);
        Set<Part> erased = ErasedParts.of(found);
        // whatever else stands in an erased part is for the verifier to find
        ErasedParts.clear(row, erased);
        line.put("position", found.getLong("LEAF_POSITION"));
        put(line, "leaf_hash", found.getString("LEAF_HASH"));
        String subject = erased.contains(Part.SUBJECT) ? "subject_hash" : "subject_salt";
        put(line, subject, found.getString(subject));
        String actor = erased.contains(Part.ACTOR) ? "actor_hash" : "actor_salt";
        put(line, actor, found.getString(actor));
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
