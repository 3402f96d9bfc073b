package io.sallyport.audit.seal;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Optional;

/**
 * All that a tree needs to grow: the roots of the perfect subtrees below its last leaf, at most 63 for any number of leaves.
 *
 * <p>Leaf by leaf it comes to the same root as RFC 6962 §2.1, which splits from the top.
 */
public final class Frontier {

    private final Hash[] roots = new Hash[Long.SIZE - 1];
    private long size;

    private Frontier() {}

    /** Of the tree without leaves. */
    public static Frontier empty() {
        return new Frontier();
    }

    /**
     * As {@link #toString()} wrote it down.
     *
     * @throws IllegalArgumentException if that is no frontier of a tree of this size
     */
    public static Frontier parse(long size, String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (size < 0 || bytes.length != Long.bitCount(size) * Hash.LENGTH) {
            throw new IllegalArgumentException("frontier of " + bytes.length + " bytes for " + size + " leaves, want "
                    + Long.bitCount(size) * Hash.LENGTH);
        }
        Frontier frontier = new Frontier();
        int next = 0;
        for (int level = Long.SIZE - 2; level >= 0; level--) {
            if ((size >> level & 1) == 1) {
                frontier.roots[level] = Hash.at(next++, bytes);
            }
        }
        frontier.size = size;
        return frontier;
    }

    /** One that grows by itself. */
    public Frontier copy() {
        Frontier copy = new Frontier();
        System.arraycopy(roots, 0, copy.roots, 0, roots.length);
        copy.size = size;
        return copy;
    }

    /** How many leaves there are. */
    public long size() {
        return size;
    }

    /** One more leaf, right of all others. */
    public void append(Hash leaf) {
        append(leaf, (level, index, root) -> {});
    }

    /** The same; what is told are the perfect subtrees that the leaf completes, the smallest first. */
    public void append(Hash leaf, Completed told) {
        Hash root = leaf;
        int level = 0;
        for (; (size >> level & 1) == 1; level++) {
            root = Hash.node(roots[level], root);
            told.subtree(level + 1, size >> (level + 1), root);
        }
        roots[level] = root;
        size++;
    }

    /** The root of this subtree of 2^level leaves, the index-th of its kind, if it is one of them. */
    public Optional<Hash> root(int level, long index) {
        boolean own = level < roots.length && (size >> level & 1) == 1 && index == (size >> level) - 1;
        return own ? Optional.of(roots[level]) : Optional.empty();
    }

    /** The hash of the whole tree. */
    public Hash root() {
        if (size == 0) {
            return Hash.empty();
        }
        int level = Long.numberOfTrailingZeros(size);
        Hash root = roots[level];
        while (++level < roots.length) {
            if ((size >> level & 1) == 1) {
                root = Hash.node(roots[level], root);
            }
        }
        return root;
    }

    /** The roots one after the other, the largest subtree first, as base64url without padding. */
    @Override
    public String toString() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int level = roots.length - 1; level >= 0; level--) {
            if ((size >> level & 1) == 1) {
                all.writeBytes(roots[level].bytes());
            }
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all.toByteArray());
    }

    /** Is told of subtrees. */
    public interface Completed {

        /** One of 2^level leaves, the index-th of its kind. */
        void subtree(int level, long index, Hash root);
    }
}
