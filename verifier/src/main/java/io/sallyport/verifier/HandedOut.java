package io.sallyport.verifier;

import io.sallyport.audit.seal.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
            return Optional.of(Finding.in(file.toString(), "nobody signed its manifest"));
        }
        Digest handedOut = digest();
        boolean same = says.get("bytes") instanceof Long bytes
                && bytes == handedOut.length()
                && handedOut.hexadecimal().equals(says.get("sha256"));
        return same
                ? Optional.empty()
                : Optional.of(Finding.in(file.toString(), "is not, byte for byte, what its manifest says"));
    }

    private Digest digest() throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return Digest.of(bytes, length);
        }
    }
}
