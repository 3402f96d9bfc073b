package io.sallyport.audit.sealing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is still to be told of somebody who is erased: it is told without him. */
record UntoldEvents(Connection connection, String realmId) {

    /** Those of nobody have no order, so what waits behind a failure of his waits no longer. */
    void forget(String userId) throws SQLException {
        List<Long> held = heldBack(userId);
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE MFA_OUTBOX SET USER_ID = NULL WHERE REALM_ID = ? AND USER_ID = ?")) {
            update.setString(1, realmId);
            update.setString(2, userId);
            update.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE MFA_OUTBOX SET NEXT_AT = 0 WHERE ID = ?")) {
            for (long id : held) {
                update.setLong(1, id);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /**
     * All but the first of each order: that one may be with somebody who delivers it, or is due when it says. They are held one
     * after the other, as whoever delivers them holds them: else each could wait for the other.
     */
    private List<Long> heldBack(String userId) throws SQLException {
        List<Long> held = new ArrayList<>();
        Set<List<String>> orders = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT ID, SINK, ADDRESSEE, STATE FROM MFA_OUTBOX"
                + " WHERE REALM_ID = ? AND USER_ID = ? ORDER BY ID FOR UPDATE")) {
            select.setString(1, realmId);
            select.setString(2, userId);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    boolean waits = "W".equals(found.getString(4));
                    if (waits && !orders.add(List.of(found.getString(2), found.getString(3)))) {
                        held.add(found.getLong(1));
                    }
                }
            }
        }
        return held;
    }
}
