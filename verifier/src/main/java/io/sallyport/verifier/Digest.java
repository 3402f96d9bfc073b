package io.sallyport.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What many bytes come down to.
 *
 * @param length how many they are
 * @param hexadecimal their SHA-256, as {@code sha256sum} writes it
 */
record Digest(long length, String hexadecimal) {

    /** Of all bytes. */
    static Digest of(InputStream bytes) throws IOException {
        DigestedInput all = new DigestedInput(bytes, Long.MAX_VALUE);
        all.transferTo(OutputStream.nullOutputStream());
        return all.digest();
    }
}
