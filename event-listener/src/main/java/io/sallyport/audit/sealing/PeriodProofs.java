package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.JointProof;
import io.sallyport.audit.seal.SparseTree;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What shows that pages of rows are in the trail as the realm signed it when their time was over. It vouches for nothing: whoever reads the rows hashes
 * them, and what that leads to must be what is signed.
 */
final class PeriodProofs {

    /** Rows side by side need two of them; some that came late, one each. */
    private static final int TILES = 64;

    private final Connection connection;
    private final String realmId;
    private final Optional<KeptCheckpoint> signed;
    private boolean atHand = true;

    /** @param end of their time: what was put in long after it is not in the first checkpoint that was kept then */
    PeriodProofs(Connection connection, String realmId, Instant end) throws SQLException {
        this.connection = connection;
        this.realmId = realmId;
        Trees trees = new Trees(connection);
        Optional<KeptCheckpoint> kept = trees.completeAt(realmId, end.plus(Sealing.CLOCKS));
        this.signed = kept.isPresent()
                ? kept
                : trees.of(realmId).signed().map(last -> new KeptCheckpoint(last.leaves(), last.jws()));
    }

    /** What they lead to. */
    Optional<KeptCheckpoint> signed() {
        return signed;
    }

    /** How many rows that is about. */
    long size() {
        return signed.map(KeptCheckpoint::leaves).orElse(0L);
    }

    /**
     * That of the rows at these places, each below the size; empty if there are none. Where the roots beside one page are not at
     * hand there is none for any page after it, either: to look for them takes as long for each.
     */
    Optional<List<String>> of(SortedSet<Long> places) throws SQLException {
        if (places.isEmpty() || !atHand) {
            return Optional.empty();
        }
        Optional<JointProof> proof =
                new SparseTree<>(StoredRoots.of(connection, realmId, TILES)).inclusion(places, size());
        atHand = proof.isPresent();
        return proof.map(joint -> joint.others().stream().map(Hash::toString).toList());
    }
}
