package io.sallyport.audit.sealing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The rows that have no position yet: committed ones, whenever that was; so none is left out because it came late. */
final class Unsealed {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Connection connection;

    Unsealed(Connection connection) {
        this.connection = connection;
    }

    /** At most so many, in the order of their times. */
    List<Map<String, String>> of(String realmId, int max) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + TrailColumns.ALL
                + " FROM MFA_AUDIT A WHERE A.REALM_ID = ? AND A.LEAF_POSITION IS NULL FETCH FIRST " + max
                + " ROWS ONLY")) {
            select.setString(1, realmId);
            List<Map<String, String>> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(TrailColumns.read(found));
                }
            }
            rows.sort(
                    Comparator.comparing((Map<String, String> row) -> Long.valueOf(row.getOrDefault("timestamp", "0")))
                            .thenComparing(row -> row.getOrDefault("event_id", "")));
            return rows;
        }
    }

    /** Gives all of them their places, or fails. */
    void seal(List<SealedRow> rows) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE MFA_AUDIT SET LEAF_POSITION = ?, LEAF_HASH = ?, SUBJECT_SALT = ?, ACTOR_SALT = ?"
                        + " WHERE EVENT_ID = ? AND LEAF_POSITION IS NULL")) {
            for (SealedRow row : rows) {
                update.setLong(1, row.position());
                update.setString(2, row.leaf().toString());
                update.setString(3, BASE64.encodeToString(row.subjectSalt()));
                update.setString(4, BASE64.encodeToString(row.actorSalt()));
                update.setString(5, row.eventId());
                update.addBatch();
            }
            for (int changed : update.executeBatch()) {
                if (changed == 0) {
                    throw new IllegalStateException("a row was sealed or removed by somebody else");
                }
            }
        }
    }
}
