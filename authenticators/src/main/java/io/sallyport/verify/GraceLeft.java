package io.sallyport.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody has left of the time in which enrolling may be put off.
 *
 * @param until the end; absent if only sign-ins are counted
 * @param skips sign-ins that may still pass; absent if only time is counted
 */
public record GraceLeft(Optional<Instant> until, Optional<Long> skips) {

    /** Whether this sign-in may pass. */
    boolean open(Instant now) {
        return until.map(now::isBefore).orElse(true)
                && skips.map(left -> left > 0).orElse(true);
    }

    /** What is left where both must be kept. */
    GraceLeft and(GraceLeft other) {
        return new GraceLeft(lesser(until, other.until), lesser(skips, other.skips));
    }

    static <T extends Comparable<? super T>> Optional<T> lesser(Optional<T> one, Optional<T> other) {
        if (one.isPresent() && other.isPresent()) {
            return one.get().compareTo(other.get()) <= 0 ? one : other;
        }
        return one.isPresent() ? one : other;
    }
}
