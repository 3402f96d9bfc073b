package io.sallyport.audit.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** SHA-256 as the tree uses it: leaves, nodes and commitments begin with different bytes, so that none passes for another. */
public final class Hash {

    public static final int LENGTH = 32;

    // RFC 6962 §2.1: MTH({d(0)}) = SHA-256(0x00 || d(0)), MTH(D[n]) = SHA-256(0x01 || left || right)
    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    /** Made once for each thread: making one takes longer than hashing a row. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Hash::sha256);

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of a leaf with this content. */
    static Hash leaf(Content content) {
        MessageDigest digest = SHA_256.get();
        digest.update(LEAF);
        content.into(digest);
        return new Hash(digest.digest());
    }

    /** Of a node above these two. */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = SHA_256.get();
        digest.update(NODE);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /** Of the tree without leaves: SHA-256 of nothing. */
    public static Hash empty() {
        return new Hash(SHA_256.get().digest());
    }

    static Hash of(Content content) {
        MessageDigest digest = SHA_256.get();
        content.into(digest);
        return new Hash(digest.digest());
    }

    /**
     * From its text, base64url without padding.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Hash parse(String text) {
        return new Hash(checked(Base64.getUrlDecoder().decode(text)));
    }

    /** One of many that stand one after the other. */
    static Hash at(int index, byte[] many) {
        return new Hash(checked(Arrays.copyOfRange(many, index * LENGTH, (index + 1) * LENGTH)));
    }

    private static byte[] checked(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("hash of " + bytes.length + " bytes, want " + LENGTH);
        }
        return bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Base64url without padding. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
