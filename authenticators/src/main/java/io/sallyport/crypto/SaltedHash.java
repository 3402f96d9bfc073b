package io.sallyport.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A code as it is stored. What has 120 random bits needs no slow hash.
 *
 * @param salt random bytes of its own, in Base64
 * @param hash SHA-256 of salt and code, in Base64
 */
public record SaltedHash(String salt, String hash) {

    private static final int SALT_BYTES = 16;

    /** The code with a new salt. */
    public static SaltedHash of(PaperCode code, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder text = Base64.getEncoder();
        return new SaltedHash(text.encodeToString(salt), text.encodeToString(digest(salt, code)));
    }

    /** Whether it is the hash of this code. */
    public boolean isOf(PaperCode code) {
        Base64.Decoder stored = Base64.getDecoder();
        // in constant time: a hash that can be guessed byte by byte tells about the code
        return MessageDigest.isEqual(digest(stored.decode(salt), code), stored.decode(hash));
    }

    private static byte[] digest(byte[] salt, PaperCode code) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt);
            return sha256.digest(code.bytes());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
