package io.sallyport.audit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What the outbox says, and who has claimed what of it, within one transaction. Times are the database's. */
final class Ledger {

    private final Connection connection;
    private final Instant now;
    private final Parked parked;

    Ledger(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now;
        this.parked = new Parked(connection, now);
    }

    Instant now() {
        return now;
    }

    /** What waits behind a failure is not looked at again before that is due. */
    void park(Lane lane) throws SQLException {
        parked.park(lane);
    }

    /** Where something is due. */
    Set<Lane> lanes() throws SQLException {
        return new Lanes(connection, now).due();
    }

    /**
     * Claims what is due and first of its user. What another node is at is passed over, and so is what comes after it: it
     * waits still, until it is removed.
     *
     * @param resting addressees for whom nothing is claimed
     */
    List<Claimed> claim(Lane lane, Set<String> resting, int max, Duration lease) throws SQLException {
        List<Claimed> claimed = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT O.ID, O.EVENT_ID, O.ADDRESSEE, O.FENCE, O.ATTEMPTS FROM MFA_OUTBOX O
                WHERE O.REALM_ID = ? AND O.SINK = ? AND O.STATE = 'W' AND O.NEXT_AT <= ?
                  AND NOT EXISTS (SELECT 1 FROM MFA_OUTBOX E WHERE E.REALM_ID = O.REALM_ID AND E.SINK = O.SINK
                    AND E.STATE = 'W' AND E.USER_ID = O.USER_ID AND E.ADDRESSEE = O.ADDRESSEE AND E.ID < O.ID)
                %s ORDER BY O.ID FETCH FIRST %d ROWS ONLY FOR UPDATE SKIP LOCKED""".formatted(but(resting), max))) {
            select.setString(1, lane.realmId());
            select.setString(2, lane.sink());
            select.setLong(3, now.toEpochMilli());
            int at = 4;
            for (String addressee : resting) {
                select.setString(at++, addressee);
            }
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    claimed.add(new Claimed(
                            found.getLong(1),
                            found.getString(2),
                            found.getString(3),
                            found.getLong(4) + 1,
                            found.getInt(5)));
                }
            }
        }
        if (!claimed.isEmpty()) {
            hold(claimed, now.plus(lease));
        }
        return List.copyOf(claimed);
    }

    private void hold(List<Claimed> rows, Instant until) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE MFA_OUTBOX SET FENCE = FENCE + 1, NEXT_AT = ? WHERE " + among(rows))) {
            update.setLong(1, until.toEpochMilli());
            name(rows, update, 2);
            update.executeUpdate();
        }
    }

    private static String among(List<Claimed> rows) {
        return "ID IN (" + String.join(", ", Collections.nCopies(rows.size(), "?")) + ")";
    }

    private static void name(List<Claimed> rows, PreparedStatement statement, int first) throws SQLException {
        int at = first;
        for (Claimed row : rows) {
            statement.setLong(at++, row.id());
        }
    }

    private static String but(Set<String> addressees) {
        return addressees.isEmpty()
                ? ""
                : "AND O.ADDRESSEE NOT IN (" + String.join(", ", Collections.nCopies(addressees.size(), "?")) + ")";
    }

    /** They arrived, whoever has claimed them since. */
    void done(List<Claimed> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Set<Claimed> ours = stillOurs(rows);
        for (Claimed row : rows) {
            if (row.attempts() > 0 || !ours.contains(row)) {
                parked.release(row); // it failed once, or whoever has claimed it since may have failed
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM MFA_OUTBOX WHERE " + among(rows))) {
            name(rows, delete, 1);
            delete.executeUpdate();
        }
    }

    /** Those that nobody has claimed since, held. */
    private Set<Claimed> stillOurs(List<Claimed> rows) throws SQLException {
        Map<Long, Long> fences = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT ID, FENCE FROM MFA_OUTBOX WHERE " + among(rows) + " ORDER BY ID FOR UPDATE")) {
            name(rows, select, 1);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    fences.put(found.getLong(1), found.getLong(2));
                }
            }
        }
        return rows.stream()
                .filter(row -> Objects.equals(fences.get(row.id()), row.fence()))
                .collect(Collectors.toSet());
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
        if (row.attempts() > 0) {
            parked.release(row);
        }
        change(row, "D", row.attempts() + 1, now, reason);
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
