package io.sallyport.audit.seal;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What shows, without the other rows, that several rows are in a tree: the roots of the largest subtrees that none of them is in,
 * from the left to the right. Rows side by side share all but a few of them.
 */
public record JointProof(List<Hash> others) {

    public JointProof {
        others = List.copyOf(others);
    }

    /**
     * Whether it shows that each of these leaves is at its place of the tree. The way to the root follows from the places and
     * the size alone, so nothing in a proof can lead past one of them.
     */
    public boolean includes(SortedMap<Long, Hash> leaves, long size, Hash root) {
        if (leaves.isEmpty() || leaves.firstKey() < 0 || leaves.lastKey() >= size) {
            return false;
        }
        Iterator<Hash> rest = others.iterator();
        return root(leaves, rest, 0, size).filter(root::equals).isPresent() && !rest.hasNext();
    }

    private static Optional<Hash> root(SortedMap<Long, Hash> leaves, Iterator<Hash> rest, long from, long to) {
        if (leaves.isEmpty()) {
            return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
        }
        if (to - from == 1) {
            return Optional.ofNullable(leaves.get(from));
        }
        // RFC 6962 §2.1, from the top
        long middle = from + SparseTree.split(to - from);
        Optional<Hash> left = root(leaves.headMap(middle), rest, from, middle);
        return left.isEmpty()
                ? left
                : root(leaves.tailMap(middle), rest, middle, to).map(right -> Hash.node(left.get(), right));
    }
}
