package io.sallyport.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes what is read through it: the bytes that were checked are the bytes that were hashed, and nothing is read twice. */
final class DigestedInput extends InputStream {

    private final InputStream input;
    private final long most;
    private final MessageDigest digest;
    private long length;

    /**
     * @param most how many bytes are hashed; what comes after them is only read
     */
    DigestedInput(InputStream input, long most) {
        this.input = input;
        this.most = most;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int from, int many) throws IOException {
        int read = input.read(into, from, many);
        int hashed = (int) Math.min(Math.max(read, 0), most - length);
        digest.update(into, from, hashed);
        length += hashed;
        return read;
    }

    /** What the bytes come down to; once, after the last. */
    Digest digest() {
        return new Digest(length, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
