package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.JointProof;
import io.sallyport.audit.seal.SparseTree;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What shows that pages of rows are in the trail that the realm signed last. It vouches for nothing: whoever reads the rows hashes
 * them, and what that leads to must be what is signed.
 */
final class PeriodProofs {

    /** Rows side by side need two of them; some that came late, one each. */
    private static final int TILES = 64;

    private final Connection connection;
    private final String realmId;
    private final Optional<SignedCheckpoint> signed;
    private boolean atHand = true;

    PeriodProofs(Connection connection, String realmId) throws SQLException {
        this.connection = connection;
        this.realmId = realmId;
        this.signed = new Trees(connection).of(realmId).signed();
    }

    /** What they lead to. */
    Optional<SignedCheckpoint> signed() {
        return signed;
    }

    /** How many rows that is about. */
    long size() {
        return signed.map(SignedCheckpoint::leaves).orElse(0L);
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
