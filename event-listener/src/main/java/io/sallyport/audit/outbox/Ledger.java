package io.sallyport.audit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the outbox says, and who has claimed what of it, within one transaction. Times are the database's. */
final class Ledger {

    private final Connection connection;
    private final Instant now;

    Ledger(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now;
    }

    /** Where something is due. */
    Set<Lane> lanes() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT DISTINCT SINK, REALM_ID FROM MFA_OUTBOX WHERE STATE = 'W' AND NEXT_AT <= ?")) {
            select.setLong(1, now.toEpochMilli());
            Set<Lane> lanes = new LinkedHashSet<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    lanes.add(new Lane(found.getString(1), found.getString(2)));
                }
            }
            return lanes;
        }
    }

    /**
     * Claims what is due and first of its user. What another node is at is passed over, and so is what comes after it: it
     * waits still, until it is removed.
     */
    List<Claimed> claim(Lane lane, int max, Duration lease) throws SQLException {
        List<Claimed> claimed = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT O.ID, O.EVENT_ID, O.FENCE, O.ATTEMPTS FROM MFA_OUTBOX O
                WHERE O.REALM_ID = ? AND O.SINK = ? AND O.STATE = 'W' AND O.NEXT_AT <= ?
                  AND NOT EXISTS (SELECT 1 FROM MFA_OUTBOX E WHERE E.REALM_ID = O.REALM_ID AND E.SINK = O.SINK
                    AND E.STATE = 'W' AND E.USER_ID = O.USER_ID AND E.ID < O.ID)
                ORDER BY O.ID FETCH FIRST %d ROWS ONLY FOR UPDATE SKIP LOCKED""".formatted(max))) {
            select.setString(1, lane.realmId());
            select.setString(2, lane.sink());
            select.setLong(3, now.toEpochMilli());
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    claimed.add(
                            new Claimed(found.getLong(1), found.getString(2), found.getLong(3) + 1, found.getInt(4)));
                }
            }
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE MFA_OUTBOX SET FENCE = ?, NEXT_AT = ? WHERE ID = ?")) {
            for (Claimed row : claimed) {
                update.setLong(1, row.fence());
                update.setLong(2, now.plus(lease).toEpochMilli());
                update.setLong(3, row.id());
                update.addBatch();
            }
            update.executeBatch();
        }
        return List.copyOf(claimed);
    }

    /** It arrived, whoever has claimed it since. */
    void done(Claimed row) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM MFA_OUTBOX WHERE ID = ?")) {
            delete.setLong(1, row.id());
            delete.executeUpdate();
        }
    }

    /** It was not tried. */
    void untried(Claimed row) throws SQLException {
        change(row, "W", row.attempts(), now, "");
    }

    /** It failed, and is due again after this time. */
    void later(Claimed row, Duration after, String reason) throws SQLException {
        change(row, "W", row.attempts() + 1, now.plus(after), reason);
    }

    /** It is given up, until somebody sends it again. */
    void dead(Claimed row, String reason) throws SQLException {
        change(row, "D", row.attempts() + 1, now, reason);
    }

    /** Nobody is left to be told of anything in this realm. */
    void forget(String realmId) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM MFA_OUTBOX WHERE REALM_ID = ?")) {
            delete.setString(1, realmId);
            delete.executeUpdate();
        }
    }

    private void change(Claimed row, String state, int attempts, Instant due, String reason) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE MFA_OUTBOX SET STATE = ?, ATTEMPTS = ?, NEXT_AT = ?, REASON = ? WHERE ID = ? AND FENCE = ?")) {
            update.setString(1, state);
            update.setInt(2, attempts);
            update.setLong(3, due.toEpochMilli());
            update.setString(4, reason);
            update.setLong(5, row.id());
            update.setLong(6, row.fence());
            update.executeUpdate();
        }
    }
}
