package io.sallyport.journey;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** RFC 6238 for the kinds of codes that the library of {@link Phone} does not make. */
final class Rfc6238 {

    private final SecretKeySpec key;
    private final int digits;

    Rfc6238(byte[] key, String algorithm, int digits) {
        this.key = new SecretKeySpec(key, algorithm);
        this.digits = digits;
    }

    /** The code of a time step; RFC 4226 §5.3 says how an HMAC becomes digits. */
    String at(long step) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            long number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
            return ("%0" + digits + "d").formatted(number % (long) Math.pow(10, digits));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(key.getAlgorithm(), e);
        }
    }
}
