package io.sallyport.benchmarks.trail;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The file of an export while it is written, and what its manifest says of the bytes so far. */
final class Export implements Closeable {

    private final OutputStream file;
    private final MessageDigest digest = MessageDigest.getInstance("SHA-256");
    private long length;

    Export(Path file) throws IOException, GeneralSecurityException {
        this.file = new BufferedOutputStream(Files.newOutputStream(file));
    }

    void write(String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        file.write(bytes);
        digest.update(bytes);
        length += bytes.length;
    }

    /** Ends the counting: what is written after it is not in it. */
    String summary() {
        return "{\"bytes\":" + length + ",\"sha256\":\"" + HexFormat.of().formatHex(digest.digest()) + "\"}";
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
