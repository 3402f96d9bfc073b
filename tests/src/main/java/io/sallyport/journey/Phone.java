package io.sallyport.journey;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jboss.aerogear.security.otp.Totp;

/**
 * An authenticator app with one secret: six digits, 30 seconds, SHA-1.
 *
 * <p>The server takes a code of the step before, of the current and of the next one, each once and in rising order. So
 * this phone counts on where the last code came from and waits only when it is two steps ahead.
 */
public final class Phone {

    private static final long STEP_MILLIS = 30_000;
    // With less than this left of a step, its predecessor may be out of the window when the code arrives.
    private static final long MARGIN_MILLIS = 5_000;

    private final String secret;
    private final Clock clock;
    private long last = Long.MIN_VALUE;

    /** A phone that holds this secret in Base32. */
    public Phone(String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** A phone with the time of this machine. */
    public static Phone with(String secret) {
        return new Phone(secret, Clock.systemUTC());
    }

    /** A code that this phone never gave before and that the server takes now. */
    public synchronized String nextCode() {
        long now = clock.millis();
        long margin = now % STEP_MILLIS > STEP_MILLIS - MARGIN_MILLIS ? 0 : 1;
        last = Math.max(last + 1, now / STEP_MILLIS - margin);
        waitFor(last - 1);
        return codeAt(last);
    }

    /** A code of none of the steps that are near. */
    public String wrongCode() {
        long now = currentStep();
        Set<String> right =
                LongStream.rangeClosed(now - 3, now + 3).mapToObj(this::codeAt).collect(Collectors.toSet());
        return LongStream.range(123_456, 123_466)
                .mapToObj(Long::toString)
                .filter(code -> !right.contains(code))
                .findFirst()
                .orElseThrow();
    }

    /** The code of this time step. */
    public String codeAt(long step) {
        return new Totp(secret, new At(step)).now();
    }

    /** The time step of now. */
    public long currentStep() {
        return clock.millis() / STEP_MILLIS;
    }

    private void waitFor(long step) {
        while (currentStep() < step) {
            LockSupport.parkUntil(step * STEP_MILLIS);
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
