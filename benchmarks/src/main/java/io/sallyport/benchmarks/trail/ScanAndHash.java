package io.sallyport.benchmarks.trail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The least that a verifier must do: reads a file and hashes each of its lines. */
final class ScanAndHash {

    private static final int BLOCK = 64 * 1024;

    private ScanAndHash() {}

    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long lines = 0;
        int witness = 0; // so that no hash is left out
        try (InputStream input = Files.newInputStream(Path.of(arguments[0]))) {
            byte[] block = new byte[BLOCK];
            for (int read = input.read(block); read > 0; read = input.read(block)) {
                int from = 0;
                for (int at = 0; at < read; at++) {
                    if (block[at] == '\n') {
                        digest.update(block, from, at - from);
                        witness ^= digest.digest()[0];
                        lines++;
                        from = at + 1;
                    }
                }
                digest.update(block, from, read - from);
            }
        }
        System.out.println(lines + " lines, " + witness);
    }
}
