package io.sallyport.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What many bytes come down to.
 *
 * @param length how many they are
 * @param hexadecimal their SHA-256, as {@code sha256sum} writes it
 */
record Digest(long length, String hexadecimal) {

    private static final int BLOCK = 64 * 1024;

    /** Of the first so many bytes, or of all if there are less. */
    static Digest of(InputStream bytes, long most) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] some = new byte[BLOCK];
            long length = 0;
            for (int read = 1; read > 0; length += read) {
                read = bytes.readNBytes(some, 0, (int) Math.min(most - length, some.length));
                digest.update(some, 0, read);
            }
            return new Digest(length, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
