package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Frontier;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the trail of a realm is sealed.
 *
 * @param leaves how many rows
 * @param frontier the text of their frontier
 * @param signed what the realm signed last; absent while there is nothing
 * @param keptLeaves the size of the last checkpoint that was kept and let out
 * @param keptAt when
 */
record Tree(
        String realmId,
        long leaves,
        String frontier,
        Optional<SignedCheckpoint> signed,
        long keptLeaves,
        Instant keptAt) {

    static Tree empty(String realmId) {
        return new Tree(realmId, 0, Frontier.empty().toString(), Optional.empty(), 0, Instant.EPOCH);
    }

    Frontier state() {
        return Frontier.parse(leaves, frontier);
    }

    /** What the realm must have signed; whatever else it signed is nothing to go on from. */
    Optional<Checkpoint> stated() {
        return Optional.of(leaves)
                .filter(many -> many > 0 || signed.isPresent())
                .map(many -> new Checkpoint(realmId, many, state().root(), signedAt(), completeAt()));
    }

    Instant signedAt() {
        return signed.map(SignedCheckpoint::time).orElse(Instant.EPOCH);
    }

    Instant completeAt() {
        return signed.map(SignedCheckpoint::completeAt).orElse(Instant.EPOCH);
    }

    /** The same with more rows. */
    Tree grown(Frontier now) {
        return new Tree(realmId, now.size(), now.toString(), signed, keptLeaves, keptAt);
    }

    Tree signed(SignedCheckpoint checkpoint) {
        return new Tree(realmId, leaves, frontier, Optional.of(checkpoint), keptLeaves, keptAt);
    }

    Tree kept(SignedCheckpoint checkpoint, Instant now) {
        return new Tree(realmId, leaves, frontier, signed, checkpoint.leaves(), now);
    }
}
