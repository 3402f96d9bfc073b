package io.sallyport.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * How long somebody who must enroll a factor may put it off; it ends with whichever bound is reached first.
 *
 * @param time counted from the first sign-in that made use of it; absent means that only sign-ins are counted
 * @param skips so many sign-ins may pass; absent means that only time is counted
 */
public record Grace(Optional<Duration> time, Optional<Integer> skips) {

    public Grace {
        if (time.isEmpty() && skips.isEmpty()) {
            throw new IllegalArgumentException("grace has neither days nor skips: it would never end");
        }
        time.filter(length -> length.isZero() || length.isNegative()).ifPresent(length -> {
            throw new IllegalArgumentException("time = " + length + ", want more than nothing");
        });
        skips.filter(count -> count < 1).ifPresent(count -> {
            throw new IllegalArgumentException("skips = " + count + ", want at least 1");
        });
    }

    /** What is left where both must be kept. */
    public Grace and(Grace other) {
        return new Grace(lesser(time, other.time), lesser(skips, other.skips));
    }

    private static <T extends Comparable<T>> Optional<T> lesser(Optional<T> one, Optional<T> other) {
        if (one.isPresent() && other.isPresent()) {
            return one.get().compareTo(other.get()) <= 0 ? one : other;
        }
        return one.isPresent() ? one : other;
    }
}
