package io.sallyport.audit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where something is due. An index has the first of each lane before its others, so that one step leads from lane to lane: it takes
 * as long after an outage of days as it takes when little waits.
 */
record Lanes(Connection connection, Instant now) {

    private static final Lane BEFORE_ALL = new Lane("", "");

    /** The first that is due in a lane. */
    private record First(Lane lane, long due) {}

    Set<Lane> due() throws SQLException {
        Set<Lane> lanes = new LinkedHashSet<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT SINK, REALM_ID, NEXT_AT FROM MFA_OUTBOX WHERE STATE = 'W' AND (SINK, REALM_ID) > (?, ?)
                ORDER BY SINK, REALM_ID, NEXT_AT FETCH FIRST 1 ROWS ONLY""")) {
            for (Optional<First> first = after(BEFORE_ALL, select);
                    first.isPresent();
                    first = after(first.get().lane(), select)) {
                if (first.get().due() <= now.toEpochMilli()) {
                    lanes.add(first.get().lane());
                }
            }
        }
        return lanes;
    }

    private static Optional<First> after(Lane lane, PreparedStatement select) throws SQLException {
        select.setString(1, lane.sink());
        select.setString(2, lane.realmId());
        try (ResultSet found = select.executeQuery()) {
            return found.next()
                    ? Optional.of(new First(new Lane(found.getString(1), found.getString(2)), found.getLong(3)))
                    : Optional.empty();
        }
    }
}
