package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Frontier;
import io.sallyport.audit.seal.Hash;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the tree grows from where the trail begins now to a checkpoint that the realm signed: its root after every so many rows, as
 * the rows gave it when they led to what is signed.
 */
final class Anchor {

    private final NavigableMap<Long, Hash> roots = new TreeMap<>();

    /** The next root on the way, after the one before it. */
    void add(Frontier tree) {
        roots.put(tree.size(), tree.root());
    }

    /** The next size after this one whose root is known; empty if this is the checkpoint's, or beyond it. */
    Optional<Long> after(long size) {
        return Optional.ofNullable(roots.higherKey(size));
    }

    /** Whether this tree is what it was on the way to what is signed. */
    boolean knows(Frontier tree) {
        return Optional.ofNullable(roots.get(tree.size()))
                .filter(tree.root()::equals)
                .isPresent();
    }
}
