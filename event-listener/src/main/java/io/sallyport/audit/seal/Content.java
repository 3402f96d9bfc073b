package io.sallyport.audit.seal;

import java.security.MessageDigest;
import java.util.Arrays;

/** Bytes to be hashed, one after the other. A ByteArrayOutputStream would take its lock for each of them. */
final class Content implements Fields.Taker {

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

    /** A field is 0 if it is absent, else 1, its length in four bytes and its UTF-8. */
    void field(String name, Fields row) {
        octet(0);
        row.give(name, this);
    }

    @Override
    public void take(byte[] utf8, int from, int count) {
        bytes[length - 1] = 1; // it is there
        number(count);
        grow(count);
        System.arraycopy(utf8, from, bytes, length, count);
        length += count;
    }

    void into(MessageDigest digest) {
        digest.update(bytes, 0, length);
    }

    private void grow(int by) {
        if (length + by > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + by, 2 * bytes.length));
        }
    }
}
