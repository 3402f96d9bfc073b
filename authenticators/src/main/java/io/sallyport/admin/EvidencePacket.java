package io.sallyport.admin;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP that is written as it is made, and knows of each of its files how long it is and its SHA-256. */
final class EvidencePacket {

    private final ZipOutputStream zip;
    private final FileTime madeAt;
    private final List<Map<String, Object>> files = new ArrayList<>();

    EvidencePacket(OutputStream output, Instant madeAt) {
        this.zip = new ZipOutputStream(output);
        this.madeAt = FileTime.from(madeAt);
    }

    /** What a file holds. */
    interface Content {

        void write(OutputStream to) throws IOException;
    }

    void add(String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name).setLastModifiedTime(madeAt));
        Measured measured = new Measured(zip);
        content.write(measured);
        measured.flush();
        zip.closeEntry();
        files.add(Map.of(
                "name", name, "bytes", measured.length, "sha256", HexFormat.of().formatHex(measured.digest.digest())));
    }

    /** The files so far, in their order. */
    List<Map<String, Object>> files() {
        return List.copyOf(files);
    }

    /** Without it the ZIP has no directory, and is recognized as torn off. */
    void finish() throws IOException {
        zip.finish();
        zip.flush();
    }

    /** Counts and hashes what goes through; a file that is closed leaves the ZIP open. */
    private static final class Measured extends FilterOutputStream {

        private final MessageDigest digest = sha256();
        private long length;

        Measured(OutputStream to) {
            super(to);
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            digest.update((byte) one);
            length++;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
            digest.update(bytes, offset, count);
            length += count;
        }

        /** A flush for each line would cost the ZIP its compression. */
        @Override
        public void flush() {}

        @Override
        public void close() {}

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has SHA-256", impossible);
            }
        }
    }
}
