package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Fields;
import io.sallyport.audit.seal.Leaf;
import io.sallyport.audit.seal.Part;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts commitments in the place of what is about one person, and forgets their salts: nobody finds out any more who it was. */
public final class Erasure {

    private static final int PAGE = 1000;

    private final Connection connection;
    private final String realmId;

    public Erasure(Connection connection, String realmId) {
        this.connection = connection;
        this.realmId = realmId;
    }

    /** How many rows there were; empty if one of them has no place yet, for then there is nothing to keep it by. */
    public OptionalInt of(String userId) throws SQLException {
        if (isYetToBeSealed(userId)) {
            return OptionalInt.empty();
        }
        int rows = 0;
        for (List<String> page = page(userId); !page.isEmpty(); page = page(userId)) {
            rows += page.size();
        }
        new UntoldEvents(connection, realmId).forget(userId);
        return OptionalInt.of(rows);
    }

    private boolean isYetToBeSealed(String userId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT A.EVENT_ID FROM MFA_AUDIT A"
                + " WHERE A.LEAF_POSITION IS NULL AND A.REALM_ID = ? AND (A.USER_ID = ? OR A.ACTOR_ID = ?)")) {
            try (ResultSet found = of(userId, select)) {
                return found.next();
            }
        }
    }

    /** A row that is erased is not found again. */
    private List<String> page(String userId) throws SQLException {
        Map<String, String> subjects = new LinkedHashMap<>();
        Map<String, String> actors = new LinkedHashMap<>();
        List<String> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT " + TrailColumns.ALL
                + ", A.SUBJECT_SALT, A.ACTOR_SALT FROM MFA_AUDIT A WHERE A.LEAF_POSITION IS NOT NULL AND A.REALM_ID = ?"
                + " AND (A.USER_ID = ? OR A.ACTOR_ID = ?) FETCH FIRST " + PAGE + " ROWS ONLY")) {
            try (ResultSet found = of(userId, select)) {
                while (found.next()) {
                    Map<String, String> row = TrailColumns.read(found);
                    String eventId = row.getOrDefault("event_id", "");
                    rows.add(eventId);
                    if (userId.equals(row.get("user_id"))) {
                        subjects.put(eventId, commitment(Part.SUBJECT, found.getString("SUBJECT_SALT"), row));
                    }
                    if (userId.equals(row.get("actor"))) {
                        actors.put(eventId, commitment(Part.ACTOR, found.getString("ACTOR_SALT"), row));
                    }
                }
            }
        }
        change(
                "SUBJECT_HASH = ?, SUBJECT_SALT = NULL, USER_ID = NULL, REASON = NULL, DETAILS = '{}', LONG_DETAILS = NULL",
                subjects);
        change(
                "ACTOR_HASH = ?, ACTOR_SALT = NULL, ACTOR_ID = NULL, SESSION_ID = NULL, IP = NULL, USER_AGENT = NULL,"
                        + " CORRELATION_ID = 'erased'",
                actors);
        return rows;
    }

    private ResultSet of(String userId, PreparedStatement select) throws SQLException {
        select.setString(1, realmId);
        select.setString(2, userId);
        select.setString(3, userId);
        return select.executeQuery();
    }

    private void change(String columns, Map<String, String> commitments) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE MFA_AUDIT SET " + columns + " WHERE EVENT_ID = ?")) {
            for (Map.Entry<String, String> row : commitments.entrySet()) {
                update.setString(1, row.getValue());
                update.setString(2, row.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static String commitment(Part part, String salt, Map<String, String> row) {
        return Leaf.commitment(
                        part,
                        Base64.getUrlDecoder().decode(salt),
                        Fields.of(field -> Optional.ofNullable(row.get(field))))
                .toString();
    }
}
