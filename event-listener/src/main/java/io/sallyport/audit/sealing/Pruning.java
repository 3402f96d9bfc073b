package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Frontier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes the oldest rows of a realm, some at a time, and keeps what the rest is verified with. */
final class Pruning {

    static final int BATCH = 1000;

    private final Connection connection;
    private final Signing signing;

    Pruning(Connection connection, Signing signing) {
        this.connection = connection;
        this.signing = signing;
    }

    /**
     * What was done.
     *
     * @param from the position of the first row that is gone
     * @param to the position of the first row that is left
     */
    record Batch(long from, long to) {

        int rows() {
            return (int) (to - from);
        }
    }

    /**
     * Removes rows that are older and that the anchor knows, from the first one on up to one that is not older; nothing if another
     * node is at the tree, or if there is nobody to sign.
     *
     * @throws RefusedCut if they are not what led to the anchor's checkpoint; nothing is removed then
     */
    Batch prune(String realmId, Instant olderThan, Instant now, Anchor anchor) throws SQLException {
        if (!new Trees(connection).lock()) {
            return new Batch(0, 0);
        }
        Cuts cuts = new Cuts(connection);
        Frontier frontier = cuts.frontier(realmId, signing);
        long from = frontier.size();
        Optional<Long> known = anchor.after(from);
        if (known.isEmpty()) {
            return new Batch(from, from);
        }
        Frontier whole = frontier.copy();
        List<StoredLeaf> rows = new StoredLeaves(connection, realmId).grow(whole, known.get());
        if (!anchor.knows(whole)) {
            throw new RefusedCut(RefusedCut.NOT_AS_SIGNED, from);
        }
        List<String> gone = new ArrayList<>();
        for (StoredLeaf row : rows) {
            if (!row.time().isBefore(olderThan)) {
                break;
            }
            frontier.append(row.leaf());
            gone.add(row.eventId());
        }
        Cut cut = new Cut(realmId, frontier, now);
        Optional<String> jws = gone.isEmpty() ? Optional.empty() : signing.sign(cut);
        if (jws.isEmpty()) {
            return new Batch(from, from);
        }
        remove("DELETE FROM MFA_AUDIT_TENANT WHERE EVENT_ID = ?", gone);
        remove("DELETE FROM MFA_AUDIT WHERE EVENT_ID = ?", gone);
        cuts.save(cut, jws.get());
        return new Batch(from, frontier.size());
    }

    private void remove(String sql, List<String> eventIds) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            for (String id : eventIds) {
                delete.setString(1, id);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }
}
