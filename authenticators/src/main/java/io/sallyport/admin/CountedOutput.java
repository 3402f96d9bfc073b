package io.sallyport.admin;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Knows of the bytes that went through how many they were, how many rows, and their SHA-256. */
final class CountedOutput extends FilterOutputStream {

    private final MessageDigest digest;
    private long rows;
    private long bytes;

    CountedOutput(OutputStream to) {
        super(to);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] content, int from, int length) throws IOException {
        out.write(content, from, length);
        digest.update(content, from, length);
        bytes += length;
    }

    void text(String text) {
        try {
            write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void flush() {
        try {
            super.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    void row() {
        rows++;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** Of the bytes up to here, in hexadecimal as {@code sha256sum} writes it. */
    String sha256() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("SHA-256 can be cloned", impossible);
        }
    }
}
