package io.sallyport.verifier;

import io.sallyport.audit.seal.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * An export byte for byte: its length and SHA-256 are those of the manifest that the realm signed.
 *
 * @param length how many bytes the manifest is about
 * @param line the object with the manifest
 */
record HandedOut(Path file, long length, String line) {

    private static final int LAST_LINE = 64 * 1024;

    /** A file with its manifest as the last line, about all that stands before it; empty if it has none. */
    static Optional<HandedOut> withManifest(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(LAST_LINE, bytes.length())];
            long from = bytes.length() - end.length;
            bytes.seek(from);
            bytes.readFully(end);
            String text = new String(end, StandardCharsets.ISO_8859_1);
            int begin = text.stripTrailing().lastIndexOf('\n') + 1;
            return Optional.of(text.substring(begin))
                    .filter(line -> line.startsWith("{\"manifest\":"))
                    .map(line -> new HandedOut(file, from + begin, line));
        }
    }

    /** Whether the bytes are those. */
    Optional<Finding> check(Keys keys) throws IOException {
        Keys.Verdict verdict =
                keys.verify(Json.object(line).get("manifest") instanceof String jws ? jws : "", Manifest.TYPE);
        Map<String, Object> says = verdict.payload();
        if (!verdict.genuine()) {
            return Optional.of(Finding.at(0, "nobody signed the manifest of " + file));
        }
        boolean same = says.get("bytes") instanceof Long bytes
                && bytes == length
                && says.get("sha256") instanceof String sha256
                && sha256.equals(sha256());
        return same
                ? Optional.empty()
                : Optional.of(Finding.at(0, file + " is not, byte for byte, what its manifest says"));
    }

    private String sha256() throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] some = new byte[LAST_LINE];
            for (long left = length; left > 0; ) {
                int read = bytes.readNBytes(some, 0, (int) Math.min(left, some.length));
                if (read == 0) {
                    break;
                }
                digest.update(some, 0, read);
                left -= read;
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
