package io.sallyport.audit.seal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A tree of which only some roots are at hand: the way from one leaf to the top needs few of them.
 *
 * @param <E> what may keep them from being read
 */
public final class SparseTree<E extends Exception> {

    private final Roots<E> roots;

    public SparseTree(Roots<E> roots) {
        this.roots = roots;
    }

    /** The roots that are at hand. */
    public interface Roots<E extends Exception> {

        /** That of the index-th subtree of 2^level leaves; a leaf is its own. */
        Optional<Hash> of(int level, long index) throws E;
    }

    /**
     * That the leaf at this index is in the tree of so many leaves, as {@link Proof#ofInclusion} has it of all leaves; empty if
     * a root is not at hand. Requires 0 <= index < size.
     */
    public Optional<Proof> inclusion(long index, long size) throws E {
        Deque<Hash> path = new ArrayDeque<>();
        long from = 0;
        long to = size;
        // RFC 6962 §2.1.1, from the top
        while (to - from > 1) {
            long middle = from + split(to - from);
            boolean left = index < middle;
            Optional<Hash> other = left ? root(middle, to) : root(from, middle);
            if (other.isEmpty()) {
                return Optional.empty();
            }
            path.addFirst(other.get());
            from = left ? from : middle;
            to = left ? middle : to;
        }
        return Optional.of(new Proof(path.stream().toList()));
    }

    /**
     * That the leaves at these indexes are in the tree of so many leaves; empty if a root is not at hand. Requires one index or
     * more, and 0 <= index < size of each.
     */
    public Optional<JointProof> inclusion(SortedSet<Long> indexes, long size) throws E {
        List<Hash> others = new ArrayList<>();
        return others(indexes, 0, size, others) ? Optional.of(new JointProof(others)) : Optional.empty();
    }

    private boolean others(SortedSet<Long> indexes, long from, long to, List<Hash> others) throws E {
        if (indexes.isEmpty()) {
            Optional<Hash> root = root(from, to);
            root.ifPresent(others::add);
            return root.isPresent();
        }
        if (to - from == 1) {
            return true;
        }
        long middle = from + split(to - from);
        return others(indexes.headSet(middle), from, middle, others)
                && others(indexes.tailSet(middle), middle, to, others);
    }

    /** Requires that a tree is split so. */
    private Optional<Hash> root(long from, long to) throws E {
        long size = to - from;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            Optional<Hash> known = roots.of(level, from >> level);
            if (known.isPresent() || level == 0) {
                return known;
            }
        }
        long middle = from + split(size);
        Optional<Hash> left = root(from, middle);
        Optional<Hash> right = left.isEmpty() ? left : root(middle, to);
        return right.isEmpty() ? right : Optional.of(Hash.node(left.get(), right.get()));
    }

    /** The largest power of two smaller than so many leaves. */
    static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
