package io.sallyport.journey;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jboss.aerogear.security.otp.Totp;

/**
 * An authenticator app with one secret; unless it is told otherwise: six digits, 30 seconds, SHA-1.
 *
 * <p>The server takes a code of the step before, of the current and of the next one, each once and in rising order. So
 * this phone counts on where the last code came from and waits only when it is two steps ahead.
 */
public final class Phone {

    private static final Duration STEP = Duration.ofSeconds(30);
    // With less than this left of a step, its predecessor may be out of the window when the code arrives.
    private static final long MARGIN_MILLIS = 5_000;

    private final LongFunction<String> codes;
    private final long stepMillis;
    private final Clock clock;
    private long last = Long.MIN_VALUE;

    /** A phone that shows the code of each step of this length. */
    public Phone(LongFunction<String> codes, Duration step, Clock clock) {
        this.codes = codes;
        this.stepMillis = step.toMillis();
        this.clock = clock;
    }

    /** A phone that holds this secret in Base32. */
    public Phone(String secret, Clock clock) {
        this(step -> new Totp(secret, new At(step)).now(), STEP, clock);
    }

    /** A phone with the time of this machine. */
    public static Phone with(String secret) {
        return new Phone(secret, Clock.systemUTC());
    }

    /** A code that this phone never gave before and that the server takes now. */
    public synchronized String nextCode() {
        long now = clock.millis();
        long margin = now % stepMillis > stepMillis - MARGIN_MILLIS ? 0 : 1;
        last = Math.max(last + 1, now / stepMillis - margin);
        waitFor(last - 1);
        return codeAt(last);
    }

    /** The newest code that the server takes now, so the one that it takes the longest. */
    public synchronized String newestCode() {
        long newest = currentStep() + 1;
        if (newest <= last) {
            throw new IllegalStateException("the newest code was given already");
        }
        last = newest;
        return codeAt(newest);
    }

    /** A code of none of the steps that are near. */
    public String wrongCode() {
        long now = currentStep();
        Set<String> right =
                LongStream.rangeClosed(now - 3, now + 3).mapToObj(this::codeAt).collect(Collectors.toSet());
        int digits = codeAt(now).length();
        return LongStream.range(0, 10)
                .mapToObj(number -> "1234567".substring(0, digits - 1) + number)
                .filter(code -> !right.contains(code))
                .findFirst()
                .orElseThrow();
    }

    /** The code of this time step. */
    public String codeAt(long step) {
        return codes.apply(step);
    }

    /** The time step of now. */
    public long currentStep() {
        return clock.millis() / stepMillis;
    }

    private void waitFor(long step) {
        while (currentStep() < step) {
            LockSupport.parkUntil(step * stepMillis);
        }
    }

    /** The library's clock, stopped. */
    private static final class At extends org.jboss.aerogear.security.otp.api.Clock {

        private final long step;

        At(long step) {
            this.step = step;
        }

        @Override
        public long getCurrentInterval() {
            return step;
        }
    }
}
