package io.sallyport.factor.totp;

import java.time.Instant;
import java.util.OptionalLong;

/** Time-based one-time passwords, RFC 6238. */
public final class Totp {

    private Totp() {}

    /** The time step of a moment; RFC 6238 §4.2: T = (time - T0) / X with T0 = 0. */
    public static long step(Instant moment, OtpParameters parameters) {
        return Math.floorDiv(moment.getEpochSecond(), parameters.period().toSeconds());
    }

    /**
     * The step whose code this is, among the current one and {@code window} steps before and after it (RFC 6238 §5.2
     * allows for the clock of the phone); empty if it is none of theirs.
     */
    public static OptionalLong match(byte[] key, String code, long currentStep, int window, OtpParameters parameters) {
        return Hotp.match(key, code, currentStep - window, currentStep + window, parameters);
    }
}
