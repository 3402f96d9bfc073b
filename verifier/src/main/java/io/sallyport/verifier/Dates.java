package io.sallyport.verifier;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the times of rows go with those at which they were signed. */
final class Dates {

    private final Duration tolerance;
    private Instant completeAt = Instant.EPOCH;
    private Instant newest = Instant.EPOCH;
    private long newestAt;

    Dates(Duration tolerance) {
        this.tolerance = tolerance;
    }

    /** Whether no row of this time could still be waiting for its seal. */
    boolean isOver(Instant time) {
        return time.isBefore(completeAt.minus(tolerance));
    }

    /** The next row. */
    void row(long position, Instant time) {
        if (time.isAfter(newest)) {
            newest = time;
            newestAt = position;
        }
    }

    /** A checkpoint about all rows so far. */
    Optional<Finding> signed(Witness witness) {
        if (newest.isAfter(witness.checkpoint().time().plus(tolerance))) {
            return Optional.of(Finding.at(newestAt, "is dated " + newest + ", after it was signed"));
        }
        if (witness.checkpoint().completeAt().isAfter(completeAt)) {
            completeAt = witness.checkpoint().completeAt();
        }
        return Optional.empty();
    }
}
