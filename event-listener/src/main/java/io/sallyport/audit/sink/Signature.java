package io.sallyport.audit.sink;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a message as Standard Webhooks 1.0.0 has it, once with each secret: the old and the new while one is replaced. */
final class Signature {

    private static final String PREFIX = "whsec_";
    private static final String HMAC = "HmacSHA256";
    // Standard Webhooks: "between 24 bytes (192 bits) and 64 bytes (512 bits)"
    private static final int LEAST = 24;
    private static final int MOST = 64;

    private final List<SecretKeySpec> keys;

    private Signature(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * By these secrets, separated by commas.
     *
     * @throws IllegalArgumentException if one of them is none; it is not named
     */
    static Signature with(String secrets) {
        return new Signature(
                Arrays.stream(secrets.split(",", -1)).map(Signature::key).toList());
    }

    /** The value of the header {@code webhook-signature}. */
    String of(String id, Instant time, String body) {
        byte[] content = (id + "." + time.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
        return keys.stream().map(key -> "v1," + hmac(key, content)).collect(Collectors.joining(" "));
    }

    private static SecretKeySpec key(String secret) {
        try {
            String text = secret.strip();
            byte[] bytes = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "");
            if (bytes.length >= LEAST && bytes.length <= MOST) {
                return new SecretKeySpec(bytes, HMAC);
            }
        } catch (IllegalArgumentException noBase64) {
            // as below, without a word of it
        }
        throw new IllegalArgumentException(
                "secret: want whsec_ and " + LEAST + " to " + MOST + " random bytes in Base64");
    }

    private static String hmac(SecretKeySpec key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(content));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + HMAC, impossible);
        }
    }
}
