package io.sallyport.population.report;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What this node has counted and not written down yet: a sign-in waits for no statement of ours. */
final class Tally {

    private static final Tally OF_THIS_NODE = new Tally();

    private final Map<Key, Counts> counted = new ConcurrentHashMap<>();

    /**
     * What is counted together.
     *
     * @param version of the rule: what it said before is another count
     * @param day days since 1970-01-01 (UTC)
     */
    record Key(String realmId, String ruleId, long version, long day) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::realmId)
                .thenComparing(Key::ruleId)
                .thenComparingLong(Key::version)
                .thenComparingLong(Key::day);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    static Tally ofThisNode() {
        return OF_THIS_NODE;
    }

    void add(Key key, Counts counts) {
        counted.merge(key, counts, Counts::plus);
    }

    /** All of it, which is from now on the caller's; in one order on all nodes, so that none waits for another in a circle. */
    Map<Key, Counts> take() {
        Map<Key, Counts> taken = new TreeMap<>();
        counted.keySet()
                .forEach(key -> counted.computeIfPresent(key, (same, counts) -> {
                    taken.put(key, counts);
                    return null;
                }));
        return taken;
    }
}
