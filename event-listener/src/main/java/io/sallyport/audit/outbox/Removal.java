package io.sallyport.audit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What leaves the outbox without having arrived. */
record Removal(Connection connection) {

    static final int CHUNK = 1_000;

    /** Nobody is left to be told of anything in this realm; what another transaction holds is left to the next round. */
    void forget(String realmId) throws SQLException {
        int some;
        do {
            some = removed("REALM_ID = ?", select -> select.setString(1, realmId));
        } while (some == CHUNK);
    }

    /** Removes some of the dead letters of a realm that died before; how many. */
    int expire(String realmId, Instant before) throws SQLException {
        return removed("REALM_ID = ? AND STATE = 'D' AND NEXT_AT < ?", select -> {
            select.setString(1, realmId);
            select.setLong(2, before.toEpochMilli());
        });
    }

    /** Which realms have dead letters. */
    Set<String> cemeteries() throws SQLException {
        Set<String> realms = new LinkedHashSet<>();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT DISTINCT REALM_ID FROM MFA_OUTBOX WHERE STATE = 'D'");
                ResultSet found = select.executeQuery()) {
            while (found.next()) {
                realms.add(found.getString(1));
            }
        }
        return realms;
    }

    private interface Parameters {
        void of(PreparedStatement select) throws SQLException;
    }

    /** In their order, and without waiting: so it neither ends another transaction nor is ended by one. */
    private int removed(String which, Parameters parameters) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT ID FROM MFA_OUTBOX WHERE " + which
                + " ORDER BY ID FETCH FIRST " + CHUNK + " ROWS ONLY FOR UPDATE SKIP LOCKED")) {
            parameters.of(select);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    ids.add(found.getLong(1));
                }
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM MFA_OUTBOX WHERE ID = ?")) {
            for (long id : ids) {
                delete.setLong(1, id);
                delete.addBatch();
            }
            delete.executeBatch();
        }
        return ids.size();
    }
}
