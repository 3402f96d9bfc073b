package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.SparseTree;
import io.sallyport.event.RowProof;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * What shows that one row is in the trail that the realm signed last, without the other rows. Nothing is vouched for here: whoever
 * reads it hashes the row, follows the path, and compares.
 */
public final class TrailProof {

    /** Enough for 131,072 rows that were sealed before roots were kept. */
    private static final int TILES = 512;

    private final Connection connection;
    private final String realmId;

    public TrailProof(Connection connection, String realmId) {
        this.connection = connection;
        this.realmId = realmId;
    }

    /** Empty if there is no such row, if it is not signed for yet, or if what leads to the root is not there. */
    public Optional<RowProof> of(String eventId) throws SQLException {
        Optional<SignedCheckpoint> signed = new Trees(connection).of(realmId).signed();
        Optional<Map<String, Object>> line = line(eventId);
        if (signed.isEmpty() || line.isEmpty() || !(line.get().get("position") instanceof Long position)) {
            return Optional.empty();
        }
        long size = signed.get().leaves();
        return position >= size
                ? Optional.empty()
                : new SparseTree<>(StoredRoots.of(connection, realmId, TILES))
                        .inclusion(position, size)
                        .map(proof -> new RowProof(
                                line.get(),
                                size,
                                proof.path().stream().map(Hash::toString).toList(),
                                signed.get().jws()));
    }

    private Optional<Map<String, Object>> line(String eventId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(ExportLine.ROWS + "A.EVENT_ID = ? AND A.LEAF_POSITION IS NOT NULL")) {
            select.setString(1, realmId);
            select.setString(2, eventId);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(ExportLine.sealed(found)) : Optional.empty();
            }
        }
    }
}
