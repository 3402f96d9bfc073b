package io.sallyport.audit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What checkpoints say that are to be told. */
final class CheckpointRows {

    private CheckpointRows() {}

    /**
     * One that is kept.
     *
     * @param id what it is told by
     */
    record Kept(String id, Instant signedAt, String jws) {}

    /** Of what was claimed; of an event there is none. */
    static List<Kept> of(Connection connection, List<Claimed> rows) throws SQLException {
        if (rows.isEmpty()) {
            return List.of();
        }
        String ids = String.join(", ", Collections.nCopies(rows.size(), "?"));
        try (PreparedStatement select =
                connection.prepareStatement("SELECT O.EVENT_ID, C.SIGNED_AT, C.JWS FROM MFA_OUTBOX O"
                        + " JOIN MFA_AUDIT_CHECKPOINT C ON C.REALM_ID = O.REALM_ID AND C.LEAVES = O.CHECKPOINT WHERE O.ID IN ("
                        + ids + ")")) {
            for (int at = 0; at < rows.size(); at++) {
                select.setLong(at + 1, rows.get(at).id());
            }
            List<Kept> kept = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    kept.add(new Kept(found.getString(1), Instant.ofEpochMilli(found.getLong(2)), found.getString(3)));
                }
            }
            return kept;
        }
    }
}
