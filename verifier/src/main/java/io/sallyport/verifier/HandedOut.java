package io.sallyport.verifier;

import io.sallyport.audit.seal.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
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

    /** How its rows are checked, if the realm signed that it handed out no more than those of some time. */
    Optional<Check> period(Keys keys, Duration tolerance) {
        Keys.Verdict verdict = verdict(keys);
        Object said = verdict.payload().get("filters");
        if (!verdict.genuine() || said == null) {
            return Optional.empty();
        }
        Map<String, Object> filters = Json.asObject(said, "filters");
        return Optional.of(new PeriodCheck(
                time(filters, "from").orElse(Instant.EPOCH), time(filters, "to").orElse(Instant.MAX), tolerance));
    }

    /** Whether the bytes are those, which are read for it. */
    Optional<Finding> check(Keys keys) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return check(keys, Digest.of(bytes));
        }
    }

    /** Whether the bytes that were read are those. */
    Optional<Finding> check(Keys keys, Digest handedOut) {
        Keys.Verdict verdict = verdict(keys);
        Map<String, Object> says = verdict.payload();
        if (!verdict.genuine()) {
            return Optional.of(Finding.in(file.toString(), "nobody signed its manifest"));
        }
        boolean same = says.get("bytes") instanceof Long bytes
                && bytes == handedOut.length()
                && handedOut.hexadecimal().equals(says.get("sha256"));
        return same
                ? Optional.empty()
                : Optional.of(Finding.in(file.toString(), "is not, byte for byte, what its manifest says"));
    }

    private Keys.Verdict verdict(Keys keys) {
        return keys.verify(Json.object(line).get("manifest") instanceof String jws ? jws : "", Manifest.TYPE);
    }

    private static Optional<Instant> time(Map<String, Object> filters, String name) {
        try {
            return filters.get(name) instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeException none) {
            throw new Unreadable("a manifest about no time");
        }
    }
}
