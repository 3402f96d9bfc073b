package io.sallyport.audit.sealing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A realm's whole trail for whoever verifies it, page by page: where it begins if its oldest rows were removed, each row as it was hashed, each checkpoint after the rows
 * that it is about, and at last the rows that have no place yet.
 */
public final class TrailExport {

    private final Connection connection;
    private final Consumer<Map<String, Object>> to;

    public TrailExport(Connection connection, Consumer<Map<String, Object>> to) {
        this.connection = connection;
        this.to = to;
    }

    /**
     * Writes what was sealed when it began. Requires one snapshot of the database: rows that are removed while it goes on would
     * otherwise be missing from it.
     */
    public void write(String realmId) throws SQLException {
        Tree tree = new Trees(connection).of(realmId);
        new Cuts(connection).signed(realmId).ifPresent(jws -> to.accept(Map.of("cut", jws)));
        Deque<Stored> checkpoints = new ArrayDeque<>();
        long read = 0;
        long at = Long.MIN_VALUE;
        List<Placed> page;
        do {
            page = page(realmId, at, tree.leaves());
            for (Placed row : page) {
                at = row.position();
                if (checkpoints.isEmpty() && at >= read) {
                    checkpoints.addAll(checkpoints(realmId, read, at + ExportLine.PAGE));
                    read = at + ExportLine.PAGE;
                }
                write(checkpoints, at);
                to.accept(row.line());
            }
        } while (page.size() == ExportLine.PAGE);
        checkpoints.addAll(checkpoints(realmId, read, Long.MAX_VALUE));
        write(checkpoints, Long.MAX_VALUE);
        tree.signed().ifPresent(signed -> to.accept(Map.of("checkpoint", signed.jws())));
        unplaced(realmId, tree.leaves());
    }

    /** Whatever has no place must be new. */
    private void unplaced(String realmId, long leaves) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(ExportLine.ROWS + "(A.LEAF_POSITION IS NULL OR A.LEAF_POSITION >= ?)")) {
            // or PostgreSQL's driver would hold them all
            select.setFetchSize(ExportLine.PAGE);
            select.setString(1, realmId);
            select.setLong(2, leaves);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    to.accept(ExportLine.unsealed(found));
                }
            }
        }
    }

    private void write(Deque<Stored> checkpoints, long upTo) {
        for (Stored next = checkpoints.peek(); next != null && next.leaves() <= upTo; next = checkpoints.peek()) {
            to.accept(Map.of("checkpoint", checkpoints.remove().jws()));
        }
    }

    private List<Placed> page(String realmId, long after, long before) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ExportLine.ROWS
                + "A.LEAF_POSITION > ? AND A.LEAF_POSITION < ? ORDER BY A.LEAF_POSITION FETCH FIRST " + ExportLine.PAGE
                + " ROWS ONLY")) {
            select.setString(1, realmId);
            select.setLong(2, after);
            select.setLong(3, before);
            List<Placed> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new Placed(found.getLong("LEAF_POSITION"), ExportLine.sealed(found)));
                }
            }
            return rows;
        }
    }

    private List<Stored> checkpoints(String realmId, long after, long upTo) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT LEAVES, JWS FROM MFA_AUDIT_CHECKPOINT"
                + " WHERE REALM_ID = ? AND LEAVES > ? AND LEAVES <= ? ORDER BY LEAVES")) {
            select.setString(1, realmId);
            select.setLong(2, after);
            select.setLong(3, upTo);
            List<Stored> kept = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    kept.add(new Stored(found.getLong(1), found.getString(2)));
                }
            }
            return kept;
        }
    }

    private record Placed(long position, Map<String, Object> line) {}

    private record Stored(long leaves, String jws) {}
}
