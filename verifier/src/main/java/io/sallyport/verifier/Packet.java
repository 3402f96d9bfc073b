package io.sallyport.verifier;

import io.sallyport.audit.seal.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An evidence packet: the realm has signed the name, length and SHA-256 of each file in it, and one of them is the trail. */
final class Packet implements AutoCloseable {

    private static final String MANIFEST = "manifest.jws";
    /** The file of the trail. */
    static final String TRAIL = "trail/trail.ndjson";

    /** The rows of its time, for people to read. */
    static final String TABLE = "trail/period.csv";

    private static final int MAX_MANIFEST = 64 * 1024;

    private final ZipFile zip;

    private Packet(ZipFile zip) {
        this.zip = zip;
    }

    /** Whether it is one by its name. */
    static boolean is(Path file) {
        return file.toString().endsWith(".zip");
    }

    static Packet open(Path file) throws IOException {
        return new Packet(new ZipFile(file.toFile()));
    }

    /** Whether it holds what was signed, all of it and nothing else. */
    Optional<Finding> check(Keys keys) throws IOException {
        Keys.Verdict verdict = keys.verify(manifest(), Manifest.EVIDENCE);
        if (!verdict.genuine()) {
            return Optional.of(Finding.in(MANIFEST, "nobody signed it"));
        }
        Map<String, Map<String, Object>> signed = signed(verdict.payload());
        Set<String> found = new HashSet<>();
        for (ZipEntry entry : files()) {
            Map<String, Object> file = signed.get(entry.getName());
            if (file == null || !found.add(entry.getName())) {
                return Optional.of(Finding.in(entry.getName(), "was put in"));
            }
            if (!isSame(entry, file)) {
                return Optional.of(Finding.in(entry.getName(), "is not what was signed"));
            }
        }
        return signed.keySet().stream()
                .filter(name -> !found.contains(name))
                .sorted()
                .findFirst()
                .map(name -> Finding.in(name, "is missing"));
    }

    /** The trail in it. */
    InputStream trail() throws IOException {
        return zip.getInputStream(entry(TRAIL));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private String manifest() throws IOException {
        try (InputStream bytes = zip.getInputStream(entry(MANIFEST))) {
            return new String(bytes.readNBytes(MAX_MANIFEST), StandardCharsets.US_ASCII).strip();
        }
    }

    private ZipEntry entry(String name) {
        return Optional.ofNullable(zip.getEntry(name))
                .orElseThrow(() -> new Unreadable("no evidence packet: it has no " + name));
    }

    /** All but the manifest: a second one is a file that nobody signed. */
    private List<ZipEntry> files() {
        List<ZipEntry> entries = new ArrayList<>(zip.stream().toList());
        boolean one = false;
        for (Iterator<ZipEntry> each = entries.iterator(); each.hasNext() && !one; ) {
            one = each.next().getName().equals(MANIFEST);
            if (one) {
                each.remove();
            }
        }
        return entries;
    }

    private boolean isSame(ZipEntry entry, Map<String, Object> file) throws IOException {
        try (InputStream bytes = zip.getInputStream(entry)) {
            Digest digest = Digest.of(bytes);
            return file.get("bytes") instanceof Long length
                    && length == digest.length()
                    && digest.hexadecimal().equals(file.get("sha256"));
        }
    }

    private static Map<String, Map<String, Object>> signed(Map<String, Object> manifest) {
        if (!(manifest.get("files") instanceof List<?> files)) {
            throw new Unreadable("no files are signed");
        }
        Map<String, Map<String, Object>> byName = new HashMap<>();
        for (Object each : files) {
            Map<String, Object> file = Json.asObject(each, "file");
            byName.put(String.valueOf(file.get("name")), file);
        }
        return byName;
    }
}
