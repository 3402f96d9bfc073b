package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Roots of subtrees of 256, 65,536, … rows, written down as they are completed, so that nobody reads all rows to prove one. They
 * shorten the way and vouch for nothing: what they lead to must be what the realm signed.
 */
final class Nodes {

    /** Between two levels that are kept lie as many as make a tile of 256. */
    static final int STEP = 8;

    static final long TILE = 1L << STEP;

    private final Connection connection;
    private final String realmId;

    Nodes(Connection connection, String realmId) {
        this.connection = connection;
        this.realmId = realmId;
    }

    /** The root of the index-th subtree of 2^level rows. */
    record Node(int level, long index, Hash root) {

        static boolean isKept(int level) {
            return level % STEP == 0;
        }
    }

    /** In place of others at the same places: a trail that was set back grows there again. */
    void save(List<Node> nodes) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                        "DELETE FROM MFA_AUDIT_NODE WHERE REALM_ID = ? AND TREE_LEVEL = ? AND TREE_INDEX = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO MFA_AUDIT_NODE (REALM_ID, TREE_LEVEL, TREE_INDEX, NODE_HASH) VALUES (?, ?, ?, ?)")) {
            for (Node node : nodes) {
                place(delete, node);
                delete.executeUpdate();
                place(insert, node);
                insert.setString(4, node.root().toString());
                insert.executeUpdate();
            }
        }
    }

    /** Those of one level in the index-th tile, by their own index. */
    Map<Long, Hash> tile(int level, long index) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT TREE_INDEX, NODE_HASH FROM MFA_AUDIT_NODE"
                + " WHERE REALM_ID = ? AND TREE_LEVEL = ? AND TREE_INDEX >= ? AND TREE_INDEX < ?")) {
            select.setString(1, realmId);
            select.setInt(2, level);
            select.setLong(3, index * TILE);
            select.setLong(4, (index + 1) * TILE);
            return read(select);
        }
    }

    /** The leaves in the index-th tile, by their places. */
    Map<Long, Hash> leaves(long index) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT LEAF_POSITION, LEAF_HASH FROM MFA_AUDIT"
                + " WHERE REALM_ID = ? AND LEAF_POSITION >= ? AND LEAF_POSITION < ? AND LEAF_HASH IS NOT NULL")) {
            select.setString(1, realmId);
            select.setLong(2, index * TILE);
            select.setLong(3, (index + 1) * TILE);
            return read(select);
        }
    }

    private static Map<Long, Hash> read(PreparedStatement select) throws SQLException {
        Map<Long, Hash> tile = new HashMap<>();
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                tile.put(found.getLong(1), Hash.parse(found.getString(2)));
            }
        }
        return tile;
    }

    private void place(PreparedStatement statement, Node node) throws SQLException {
        statement.setString(1, realmId);
        statement.setInt(2, node.level());
        statement.setLong(3, node.index());
    }
}
