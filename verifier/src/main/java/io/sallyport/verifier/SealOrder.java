package io.sallyport.verifier;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether rows that come by their dates were sealed in about that order, as they are where sealing keeps up. One that was put in
 * later and dated back was sealed after rows of later dates; so were some, after rows had to wait for their seals for long.
 */
final class SealOrder {

    private static final long LEAST = 1_000;

    private final long length;
    private long stretch = Long.MIN_VALUE;
    /** The last place in this stretch of time, in the one before it, and before that; of none it is -1. */
    private long here = -1;

    private long before = -1;
    private long older = -1;
    private Optional<Long> late = Optional.empty();

    /** @param tolerance by how much dates may differ from the order of seals */
    SealOrder(Duration tolerance) {
        this.length = Math.max(LEAST, tolerance.toMillis());
    }

    /** The next row; by its date none comes before it. */
    void row(Instant time, long position) {
        long now = Math.floorDiv(time.toEpochMilli(), length);
        if (now > stretch) {
            older = Math.max(older, now == stretch + 1 ? before : Math.max(before, here));
            before = now == stretch + 1 ? here : -1;
            here = -1;
            stretch = now;
        }
        here = Math.max(here, position);
        if (late.isEmpty() && position < older) {
            late = Optional.of(older);
        }
    }

    /** The place of a row that was sealed after rows of later dates, if there is one. */
    Optional<Long> late() {
        return late;
    }
}
