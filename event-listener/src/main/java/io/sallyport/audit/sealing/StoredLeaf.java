package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Fields;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.Leaf;
import io.sallyport.audit.seal.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sealed row as it is stored, with the leaf that it should have.
 *
 * @param stored the leaf that it was given
 * @param leaf the one that follows from what it says
 * @param speaks whether it says something where a person was erased, which no hash is about
 */
record StoredLeaf(long position, String eventId, Instant time, String stored, Hash leaf, boolean speaks) {

    /** For a SELECT after {@link TrailColumns#ALL}. */
    static final String COLUMNS = ", A.LEAF_POSITION, A.LEAF_HASH, A.SUBJECT_SALT, A.ACTOR_SALT" + ErasedParts.COLUMNS;

    static StoredLeaf read(ResultSet found) throws SQLException {
        Map<String, String> row = TrailColumns.read(found);
        Set<Part> erased = ErasedParts.of(found);
        ErasedParts.clear(row, erased);
        long position = found.getLong("LEAF_POSITION");
        return new StoredLeaf(
                position,
                row.getOrDefault("event_id", ""),
                Instant.ofEpochMilli(Long.parseLong(row.getOrDefault("timestamp", "0"))),
                Optional.ofNullable(found.getString("LEAF_HASH")).orElse(""),
                Leaf.of(
                        position,
                        Fields.of(field -> Optional.ofNullable(row.get(field))),
                        part(Part.SUBJECT, row, found.getString("SUBJECT_HASH"), found.getString("SUBJECT_SALT")),
                        part(Part.ACTOR, row, found.getString("ACTOR_HASH"), found.getString("ACTOR_SALT"))),
                ErasedParts.speak(row, erased));
    }

    boolean isAsSealed() {
        return !speaks && stored.equals(leaf.toString());
    }

    private static Hash part(Part part, Map<String, String> row, @Nullable String erased, @Nullable String salt) {
        try {
            return erased != null
                    ? Hash.parse(erased)
                    : Leaf.commitment(
                            part,
                            Base64.getUrlDecoder().decode(salt == null ? "" : salt),
                            Fields.of(field -> Optional.ofNullable(row.get(field))));
        } catch (IllegalArgumentException none) {
            return Hash.empty(); // of nobody: the leaf will not match
        }
    }
}
