package io.sallyport.audit.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after a failure: twice as long each time, up to ten minutes, less up to a half at random. */
final class BackOff {

    private static final long LONGEST = Duration.ofMinutes(10).toMillis();
    private static final Duration LONGEST_WISH = Duration.ofHours(1);
    private static final int DOUBLINGS = 10;

    private final RandomGenerator random;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** @param failures how many there were, 1 or more */
    Duration after(int failures) {
        long full = Math.min(LONGEST, 1_000L << Math.min(failures - 1, DOUBLINGS));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }

    /** Not before the sink wants it, within reason. */
    Duration after(int failures, Duration wish) {
        Duration own = after(failures);
        Duration wanted = wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
        return own.compareTo(wanted) > 0 ? own : wanted;
    }
}
