package io.sallyport.audit.sealing;

import io.sallyport.event.SealingLag;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** How much of a trail waits for its place in the tree. */
public final class Waiting {

    private Waiting() {}

    /** Counts what is committed, and what this transaction wrote itself. */
    public static SealingLag of(Connection connection, String realmId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*), MIN(A.TIMESTAMP) FROM MFA_AUDIT A"
                + " WHERE A.REALM_ID = ? AND A.LEAF_POSITION IS NULL")) {
            select.setString(1, realmId);
            try (ResultSet counted = select.executeQuery()) {
                counted.next();
                long rows = counted.getLong(1);
                Instant oldest = Instant.ofEpochMilli(counted.getLong(2));
                return new SealingLag(rows, rows == 0 ? Optional.empty() : Optional.of(oldest));
            }
        }
    }
}
