package io.sallyport.verifier;

import java.util.Optional;

/** Which realm's trail it is, and which of the realm's, if it has begun more than once: known from whoever says so first. */
final class WhichTrail {

    private Optional<String> realmId = Optional.empty();
    private Optional<Witness> first = Optional.empty();

    /** Whether it is this realm's. */
    boolean isOf(Optional<String> realm) {
        if (realmId.isEmpty()) {
            realmId = realm;
        }
        return realmId.equals(realm);
    }

    /** What is wrong if it is not the trail that this one saw; from servers that did not tell trails apart nothing is. */
    Optional<Finding> isOf(Witness witness) {
        if (witness.tree().isEmpty()) {
            return Optional.empty();
        }
        if (first.isEmpty()) {
            first = Optional.of(witness);
        }
        return first.filter(known ->
                        known.checkpoint().realmId().equals(witness.checkpoint().realmId()))
                .filter(known -> !known.tree().equals(witness.tree()))
                .map(known -> Finding.at(
                        0, "is not what it was: the trail began again between " + known + " and " + witness));
    }
}
