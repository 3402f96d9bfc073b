package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Part;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A realm's whole trail for whoever verifies it, page by page: where it begins if its oldest rows were removed, each row as it was hashed, each checkpoint after the rows
 * that it is about, and at last the rows that have no place yet.
 */
public final class TrailExport {

    private static final int PAGE = 1000;
    private static final String ROWS = "SELECT " + TrailColumns.ALL
            + ", A.LEAF_POSITION, A.LEAF_HASH, A.SUBJECT_SALT, A.ACTOR_SALT, A.SUBJECT_HASH, A.ACTOR_HASH"
            + " FROM MFA_AUDIT A WHERE A.REALM_ID = ? AND ";

    private final Connection connection;
    private final Consumer<Map<String, Object>> to;

    public TrailExport(Connection connection, Consumer<Map<String, Object>> to) {
        this.connection = connection;
        this.to = to;
    }

    /** Writes what was sealed when it began; what is sealed meanwhile is among the rows without a place. */
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
                    checkpoints.addAll(checkpoints(realmId, read, at + PAGE));
                    read = at + PAGE;
                }
                write(checkpoints, at);
                to.accept(row.line());
            }
        } while (page.size() == PAGE);
        checkpoints.addAll(checkpoints(realmId, read, Long.MAX_VALUE));
        write(checkpoints, Long.MAX_VALUE);
        tree.signed().ifPresent(signed -> to.accept(Map.of("checkpoint", signed.jws())));
        unplaced(realmId, tree.leaves());
    }

    /** Whatever has no place must be new. */
    private void unplaced(String realmId, long leaves) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(ROWS + "(A.LEAF_POSITION IS NULL OR A.LEAF_POSITION >= ?)")) {
            select.setString(1, realmId);
            select.setLong(2, leaves);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    to.accept(Map.of("row", TrailColumns.read(found)));
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
        try (PreparedStatement select = connection.prepareStatement(ROWS
                + "A.LEAF_POSITION > ? AND A.LEAF_POSITION < ? ORDER BY A.LEAF_POSITION FETCH FIRST " + PAGE
                + " ROWS ONLY")) {
            select.setString(1, realmId);
            select.setLong(2, after);
            select.setLong(3, before);
            List<Placed> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new Placed(found.getLong("LEAF_POSITION"), line(found)));
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

    private static Map<String, Object> line(ResultSet found) throws SQLException {
        Map<String, Object> line = new LinkedHashMap<>();
        Map<String, String> row = TrailColumns.read(found);
        line.put("position", found.getLong("LEAF_POSITION"));
        put(line, "leaf_hash", found.getString("LEAF_HASH"));
        Optional<String> subject = Optional.ofNullable(found.getString("SUBJECT_HASH"));
        Optional<String> actor = Optional.ofNullable(found.getString("ACTOR_HASH"));
        if (subject.isPresent()) {
            line.put("subject_hash", subject.get());
            row.keySet().removeAll(Part.SUBJECT.fields());
        } else {
            put(line, "subject_salt", found.getString("SUBJECT_SALT"));
        }
        if (actor.isPresent()) {
            line.put("actor_hash", actor.get());
            row.keySet().removeAll(Part.ACTOR.fields());
        } else {
            put(line, "actor_salt", found.getString("ACTOR_SALT"));
        }
        line.put("row", row);
        return line;
    }

    private static void put(Map<String, Object> line, String name, @Nullable String value) {
        if (value != null) {
            line.put(name, value);
        }
    }

    private record Placed(long position, Map<String, Object> line) {}

    private record Stored(long leaves, String jws) {}
}
