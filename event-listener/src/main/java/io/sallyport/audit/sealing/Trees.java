package io.sallyport.audit.sealing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far each realm's trail is sealed, and the checkpoints that are kept. Plain SQL: there is nothing to map. */
final class Trees {

    /** More than an upgrade from node to node lasts, one a minute. */
    private static final int NEWEST = 10_000;

    private final Connection connection;

    Trees(Connection connection) {
        this.connection = connection;
    }

    /** Whether nobody else in the cluster seals until the end of this transaction. */
    boolean lock() throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                        "SELECT ID FROM MFA_AUDIT_SEALER WHERE ID = 1 FOR UPDATE SKIP LOCKED");
                ResultSet mine = lock.executeQuery()) {
            return mine.next();
        }
    }

    /**
     * Realms with rows that have no position, or with a checkpoint that was not kept since then.
     *
     * @param ahead what was kept later than that was not
     */
    List<String> due(Instant since, Instant ahead) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT DISTINCT REALM_ID FROM MFA_AUDIT WHERE LEAF_POSITION IS NULL
                UNION SELECT REALM_ID FROM MFA_AUDIT_TREE WHERE SIGNED_LEAVES > KEPT_LEAVES AND KEPT_AT <= ?
                UNION SELECT REALM_ID FROM MFA_AUDIT_TREE WHERE KEPT_LEAVES > LEAVES OR KEPT_AT > ?""")) {
            select.setLong(1, since.toEpochMilli());
            select.setLong(2, ahead.toEpochMilli());
            List<String> realms = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    realms.add(found.getString(1));
                }
            }
            return realms;
        }
    }

    Tree of(String realmId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT LEAVES, FRONTIER, SIGNED_LEAVES, SIGNED_AT, COMPLETE_AT, JWS, KEPT_LEAVES, KEPT_AT FROM MFA_AUDIT_TREE"
                        + " WHERE REALM_ID = ?")) {
            select.setString(1, realmId);
            try (ResultSet tree = select.executeQuery()) {
                return tree.next() ? read(realmId, tree) : Tree.empty(realmId);
            }
        }
    }

    void save(Tree tree) throws SQLException {
        if (change(
                        "UPDATE MFA_AUDIT_TREE SET LEAVES = ?, FRONTIER = ?, SIGNED_LEAVES = ?, SIGNED_AT = ?, COMPLETE_AT = ?, JWS = ?,"
                                + " KEPT_LEAVES = ?, KEPT_AT = ? WHERE REALM_ID = ?",
                        tree)
                == 0) {
            change(
                    "INSERT INTO MFA_AUDIT_TREE (LEAVES, FRONTIER, SIGNED_LEAVES, SIGNED_AT, COMPLETE_AT, JWS, KEPT_LEAVES, KEPT_AT,"
                            + " REALM_ID) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    tree);
        }
    }

    /** One that is kept already stays as it is. */
    void keep(String realmId, SignedCheckpoint checkpoint) throws SQLException {
        if (isKept(realmId, checkpoint.leaves())) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO MFA_AUDIT_CHECKPOINT (REALM_ID, LEAVES, SIGNED_AT, JWS) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, realmId);
            insert.setLong(2, checkpoint.leaves());
            insert.setLong(3, checkpoint.time().toEpochMilli());
            insert.setString(4, checkpoint.jws());
            insert.executeUpdate();
        }
    }

    /** The last of those that are kept, newest first. */
    List<String> kept(String realmId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT JWS FROM MFA_AUDIT_CHECKPOINT WHERE REALM_ID = ? ORDER BY LEAVES DESC")) {
            select.setString(1, realmId);
            select.setMaxRows(NEWEST);
            List<String> kept = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    kept.add(found.getString(1));
                }
            }
            return kept;
        }
    }

    /** The first of those that are kept which says that no row was left to seal at this time or later. */
    Optional<KeptCheckpoint> completeAt(String realmId, Instant time) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT LEAVES, JWS FROM MFA_AUDIT_CHECKPOINT WHERE REALM_ID = ? AND SIGNED_AT >= ? ORDER BY LEAVES")) {
            select.setString(1, realmId);
            select.setLong(2, time.toEpochMilli());
            select.setMaxRows(NEWEST);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    KeptCheckpoint kept = new KeptCheckpoint(found.getLong(1), found.getString(2));
                    if (kept.says(realmId, KeptCheckpoint::payload)
                            .filter(checkpoint -> !checkpoint.completeAt().isBefore(time))
                            .isPresent()) {
                        return Optional.of(kept);
                    }
                }
                return Optional.empty();
            }
        }
    }

    private boolean isKept(String realmId, long leaves) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM MFA_AUDIT_CHECKPOINT WHERE REALM_ID = ? AND LEAVES = ?")) {
            select.setString(1, realmId);
            select.setLong(2, leaves);
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }

    private int change(String sql, Tree tree) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, tree.leaves());
            statement.setString(2, tree.frontier());
            statement.setLong(3, tree.signed().map(SignedCheckpoint::leaves).orElse(0L));
            statement.setLong(4, tree.signedAt().toEpochMilli());
            statement.setLong(5, tree.completeAt().toEpochMilli());
            statement.setString(6, tree.signed().map(SignedCheckpoint::jws).orElse(null));
            statement.setLong(7, tree.keptLeaves());
            statement.setLong(8, tree.keptAt().toEpochMilli());
            statement.setString(9, tree.realmId());
            return statement.executeUpdate();
        }
    }

    private static Tree read(String realmId, ResultSet row) throws SQLException {
        SignedCheckpoint signed = new SignedCheckpoint(
                row.getLong("SIGNED_LEAVES"),
                Instant.ofEpochMilli(row.getLong("SIGNED_AT")),
                Instant.ofEpochMilli(row.getLong("COMPLETE_AT")),
                Optional.ofNullable(row.getString("JWS")).orElse(""));
        return new Tree(
                realmId,
                row.getLong("LEAVES"),
                row.getString("FRONTIER"),
                Optional.of(signed).filter(checkpoint -> !checkpoint.jws().isEmpty()),
                row.getLong("KEPT_LEAVES"),
                Instant.ofEpochMilli(row.getLong("KEPT_AT")));
    }
}
