package io.sallyport.factor.totp;

import java.time.Duration;

/**
 * How codes are made from a secret.
 *
 * @param algorithm the HMAC
 * @param digits length of a code
 * @param period life of a code; for HOTP it means nothing
 */
public record OtpParameters(HmacAlgorithm algorithm, int digits, Duration period) {

    public OtpParameters {
        // RFC 4226 §5.3: at least 6 digits; more than 8 no authenticator app shows.
        if (digits < 6 || digits > 8) {
            throw new IllegalArgumentException("digits = " + digits + ", want 6 to 8");
        }
        if (period.toSeconds() < 1) {
            throw new IllegalArgumentException("period = " + period + ", want at least 1 second");
        }
    }
}
