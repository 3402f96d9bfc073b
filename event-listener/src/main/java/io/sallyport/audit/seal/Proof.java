package io.sallyport.audit.seal;

import java.util.ArrayList;
import java.util.List;

/**
 * What shows, without the other rows, that a row is in a tree or that a tree only grew (RFC 6962 §2.1.1 and §2.1.2).
 *
 * @param path the hashes that the reader lacks, from the leaves upwards
 */
public record Proof(List<Hash> path) {

    public Proof {
        path = List.copyOf(path);
    }

    /** That the leaf at this index is in the tree of these leaves. Requires 0 <= index < leaves. */
    public static Proof ofInclusion(List<Hash> leaves, int index) {
        List<Hash> path = new ArrayList<>();
        inclusion(leaves, index, path);
        return new Proof(path);
    }

    /** That the tree of these leaves is what the tree of the first so many grew into. Requires 0 < first <= leaves. */
    public static Proof ofGrowth(List<Hash> leaves, int first) {
        List<Hash> path = new ArrayList<>();
        growth(leaves, first, true, path);
        return new Proof(path);
    }

    /** Whether it shows that the leaf is at this index of the tree. */
    public boolean includes(Hash leaf, long index, long size, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        // RFC 9162 §2.1.3.2
        long fn = index;
        long sn = size - 1;
        Hash r = leaf;
        for (Hash p : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = Hash.node(p, r);
                int up = Long.numberOfTrailingZeros(fn);
                fn >>= up;
                sn >>= up;
            } else {
                r = Hash.node(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r.equals(root);
    }

    /** Whether it shows that the one tree grew into the other. */
    public boolean grew(long first, Hash firstRoot, long second, Hash secondRoot) {
        if (first <= 0 || first > second) {
            return false;
        }
        if (first == second) {
            return path.isEmpty() && firstRoot.equals(secondRoot);
        }
        // RFC 9162 §2.1.4.2; the root of a perfect tree is left out of the path
        boolean perfect = Long.bitCount(first) == 1;
        if (path.isEmpty()) {
            return false;
        }
        List<Hash> rest = perfect ? path : path.subList(1, path.size());
        int shift = Long.numberOfTrailingZeros(~(first - 1));
        long fn = (first - 1) >> shift;
        long sn = (second - 1) >> shift;
        Hash fr = perfect ? firstRoot : path.get(0);
        Hash sr = fr;
        for (Hash c : rest) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = Hash.node(c, fr);
                sr = Hash.node(c, sr);
                int up = Long.numberOfTrailingZeros(fn);
                fn >>= up;
                sn >>= up;
            } else {
                sr = Hash.node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
    }

    private static void inclusion(List<Hash> leaves, int index, List<Hash> path) {
        if (leaves.size() <= 1) {
            return;
        }
        int k = split(leaves.size());
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, leaves.size());
        if (index < k) {
            inclusion(left, index, path);
            path.add(root(right));
        } else {
            inclusion(right, index - k, path);
            path.add(root(left));
        }
    }

    private static void growth(List<Hash> leaves, int first, boolean whole, List<Hash> path) {
        if (first == leaves.size()) {
            if (!whole) {
                path.add(root(leaves));
            }
            return;
        }
        int k = split(leaves.size());
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, leaves.size());
        if (first <= k) {
            growth(left, first, whole, path);
            path.add(root(right));
        } else {
            growth(right, first - k, false, path);
            path.add(root(left));
        }
    }

    /** The largest power of two smaller than so many leaves. */
    private static int split(int leaves) {
        return Integer.highestOneBit(leaves - 1);
    }

    private static Hash root(List<Hash> leaves) {
        Frontier frontier = Frontier.empty();
        leaves.forEach(frontier::append);
        return frontier.root();
    }
}
