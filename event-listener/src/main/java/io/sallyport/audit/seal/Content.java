package io.sallyport.audit.seal;

import java.util.Arrays;

/** Bytes to be hashed, one after the other. A ByteArrayOutputStream would take its lock for each of them. */
final class Content {

    private byte[] bytes = new byte[512];
    private int length;

    void octet(int value) {
        grow(1);
        bytes[length++] = (byte) value;
    }

    /** In four bytes, the highest first. */
    void number(int value) {
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            octet(value >> shift);
        }
    }

    void bytes(byte[] more) {
        grow(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    byte[] all() {
        return Arrays.copyOf(bytes, length);
    }

    private void grow(int by) {
        if (length + by > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + by, 2 * bytes.length));
        }
    }
}
