package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Frontier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether the oldest rows are what the realm signed. The hash beside a row proves nothing: who changes the one by SQL
 * changes the other. So all rows up to a checkpoint must lead to its root.
 */
final class Anchoring {

    private final Connection connection;
    private final Signing signing;
    private final String realmId;

    Anchoring(Connection connection, Signing signing, String realmId) {
        this.connection = connection;
        this.signing = signing;
        this.realmId = realmId;
    }

    /**
     * An anchor for the rows from the last cut on; it knows of none if the first of them is not older.
     *
     * @throws RefusedCut if nothing that is signed vouches for them
     */
    Anchor from(Instant olderThan) throws SQLException {
        Frontier tree = new Cuts(connection).frontier(realmId, signing);
        Anchor anchor = new Anchor();
        StoredLeaves leaves = new StoredLeaves(connection, realmId);
        List<StoredLeaf> page = leaves.page(tree.size(), 1);
        if (page.isEmpty() || !page.get(0).time().isBefore(olderThan)) {
            return anchor;
        }
        Optional<Checkpoint> signed = new Checkpoints(connection, signing).after(realmId, tree.size());
        if (signed.isEmpty()) {
            throw new RefusedCut(RefusedCut.NO_CHECKPOINT, tree.size());
        }
        while (tree.size() < signed.get().size()) {
            leaves.grow(tree, Math.min(signed.get().size(), tree.size() + Pruning.BATCH));
            anchor.add(tree);
        }
        if (!tree.root().equals(signed.get().root())) {
            throw new RefusedCut(RefusedCut.NOT_AS_SIGNED, signed.get().size());
        }
        return anchor;
    }
}
