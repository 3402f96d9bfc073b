package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Frontier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The sealed rows of a realm in the order of their places, hashed again. */
final class StoredLeaves {

    private final Connection connection;
    private final String realmId;

    StoredLeaves(Connection connection, String realmId) {
        this.connection = connection;
        this.realmId = realmId;
    }

    /** At most so many, from this place on. */
    List<StoredLeaf> page(long from, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + TrailColumns.ALL + StoredLeaf.COLUMNS
                + " FROM MFA_AUDIT A WHERE A.REALM_ID = ? AND A.LEAF_POSITION >= ? ORDER BY A.LEAF_POSITION FETCH FIRST "
                + most + " ROWS ONLY")) {
            select.setString(1, realmId);
            select.setLong(2, from);
            List<StoredLeaf> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(StoredLeaf.read(found));
                }
            }
            return rows;
        }
    }

    /**
     * Lets the tree grow to this size by the rows that are there; they are returned. Requires tree.size() < size.
     *
     * @throws RefusedCut if one of them is missing, or is visibly not what was sealed
     */
    List<StoredLeaf> grow(Frontier tree, long size) throws SQLException {
        List<StoredLeaf> rows = page(tree.size(), Math.toIntExact(size - tree.size()));
        for (StoredLeaf row : rows) {
            if (row.position() != tree.size() || !row.isAsSealed()) {
                throw new RefusedCut(RefusedCut.NOT_AS_SIGNED, tree.size());
            }
            tree.append(row.leaf());
        }
        if (tree.size() < size) {
            throw new RefusedCut(RefusedCut.NOT_AS_SIGNED, tree.size());
        }
        return rows;
    }
}
