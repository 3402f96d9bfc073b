package io.sallyport.audit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What waits behind a failure of the same user and addressee is due with it, so that a long outage is not read again twice a second; what
 * it waited for lets the next one go when it ends.
 */
final class Parked {

    private static final int AT_ONCE = 100;
    private static final String FIRST =
            "SELECT E.ID, E.SINK, E.REALM_ID, E.USER_ID, E.ADDRESSEE, E.NEXT_AT FROM MFA_OUTBOX E";

    private final Connection connection;
    private final long now;

    Parked(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now.toEpochMilli();
    }

    /**
     * What others may wait for.
     *
     * @param user absent if it is about nobody: then nothing waits for it
     */
    private record First(long id, Lane lane, Optional<String> user, String addressee, long due) {}

    /** Holding what others wait for keeps it from ending meanwhile, which would leave them parked. */
    void park(Lane lane) throws SQLException {
        for (First first : failures(lane)) {
            move(first, "NEXT_AT <= ?", first.due());
        }
    }

    /** Before it ends: what it held back is due. It may have failed since it was claimed, if another has claimed it meanwhile. */
    void release(Claimed row) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIRST + " WHERE E.ID = ? FOR UPDATE")) {
            select.setLong(1, row.id());
            for (First first : read(select)) {
                move(first, "NEXT_AT > ?", now);
            }
        }
    }

    private List<First> failures(Lane lane) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIRST + """
                 WHERE E.REALM_ID = ? AND E.SINK = ? AND E.STATE = 'W' AND E.ATTEMPTS > 0 AND E.NEXT_AT > ?
                  AND EXISTS (SELECT 1 FROM MFA_OUTBOX O WHERE O.REALM_ID = E.REALM_ID AND O.SINK = E.SINK
                    AND O.STATE = 'W' AND O.USER_ID = E.USER_ID AND O.ADDRESSEE = E.ADDRESSEE AND O.ID > E.ID
                    AND O.NEXT_AT <= ?)
                ORDER BY E.ID FETCH FIRST %d ROWS ONLY FOR UPDATE SKIP LOCKED""".formatted(AT_ONCE))) {
            select.setString(1, lane.realmId());
            select.setString(2, lane.sink());
            select.setLong(3, now);
            select.setLong(4, now);
            return read(select);
        }
    }

    private static List<First> read(PreparedStatement select) throws SQLException {
        List<First> rows = new ArrayList<>();
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                rows.add(new First(
                        found.getLong(1),
                        new Lane(found.getString(2), found.getString(3)),
                        Optional.ofNullable(found.getString(4)),
                        found.getString(5),
                        found.getLong(6)));
            }
        }
        return rows;
    }

    private void move(First first, String which, long due) throws SQLException {
        if (first.user().isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE MFA_OUTBOX SET NEXT_AT = ?"
                + " WHERE REALM_ID = ? AND SINK = ? AND STATE = 'W' AND USER_ID = ? AND ADDRESSEE = ? AND ID > ? AND "
                + which)) {
            update.setLong(1, due);
            update.setString(2, first.lane().realmId());
            update.setString(3, first.lane().sink());
            update.setString(4, first.user().get());
            update.setString(5, first.addressee());
            update.setLong(6, first.id());
            update.setLong(7, now);
            update.executeUpdate();
        }
    }
}
