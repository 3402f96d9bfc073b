package io.sallyport.factor.totp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Counter-based one-time passwords, RFC 4226; TOTP is the same with the time step as counter. */
final class Hotp {

    private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private Hotp() {}

    /** The code of a counter, with leading zeros. */
    static String code(byte[] key, long counter, OtpParameters parameters) {
        byte[] hash = hmac(key, counter, parameters.algorithm());
        // RFC 4226 §5.3: dynamic truncation; the low four bits of the last byte choose four bytes, without the sign
        // bit.
        int offset = hash[hash.length - 1] & 0xf;
        int truncated = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fffffff;
        String digits = Integer.toString(truncated % POWERS[parameters.digits()]);
        return "0".repeat(parameters.digits() - digits.length()) + digits;
    }

    /** The highest counter from first to last whose code this is. All are computed, whichever matches. */
    static OptionalLong match(byte[] key, String code, long first, long last, OtpParameters parameters) {
        byte[] given = code.getBytes(StandardCharsets.US_ASCII);
        OptionalLong matched = OptionalLong.empty();
        for (long counter = Math.max(first, 0); counter <= last; counter++) {
            byte[] wanted = code(key, counter, parameters).getBytes(StandardCharsets.US_ASCII);
            // no early return: how long this takes must not tell which counter matched
            if (MessageDigest.isEqual(wanted, given)) {
                matched = OptionalLong.of(counter);
            }
        }
        return matched;
    }

    private static byte[] hmac(byte[] key, long counter, HmacAlgorithm algorithm) {
        try {
            Mac mac = Mac.getInstance(algorithm.jcaName());
            mac.init(new SecretKeySpec(key, algorithm.jcaName()));
            return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has " + algorithm.jcaName(), impossible);
        }
    }
}
