package io.sallyport.rest;

import io.sallyport.policy.Method;
import io.sallyport.verify.Evidence;
import java.time.Instant;
import java.util.Optional;

/**
 * What was proved, as the answer tells it.
 *
 * @param at when, to the second
 * @param approval id of the approval that it gave; absent if none was asked for
 */
record Proof(Method method, Instant at, Optional<String> approval) {

    static Proof of(Evidence evidence, Optional<String> approval) {
        return new Proof(
                evidence.method(), Instant.ofEpochSecond(evidence.verifiedAt().getEpochSecond()), approval);
    }

    /** The proof of this text. */
    static Proof read(String text) {
        String[] parts = text.split(" ", -1);
        return new Proof(
                Method.valueOf(parts[0]),
                Instant.ofEpochSecond(Long.parseLong(parts[1])),
                Optional.of(parts[2]).filter(id -> !id.isEmpty()));
    }

    /** It as a text. */
    String text() {
        return method + " " + at.getEpochSecond() + " " + approval.orElse("");
    }
}
