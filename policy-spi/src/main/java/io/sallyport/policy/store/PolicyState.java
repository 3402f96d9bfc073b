package io.sallyport.policy.store;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where the policy of a realm stands.
 *
 * @param generation which realm of this id it is
 * @param revision how often the policy was changed
 */
record PolicyState(String generation, long revision) {

    /** Before the first change. */
    private static final PolicyState NONE = new PolicyState("", 0);

    /** The state that stands first in each row of a result. */
    static PolicyState of(List<Object[]> rows) {
        return rows.stream()
                .findFirst()
                .map(row -> (RevisionRow) row[0])
                .map(row -> new PolicyState(row.generation(), row.revision()))
                .orElse(NONE);
    }

    /** What stands second in each row, where there is something. */
    static <T> Stream<T> seconds(List<Object[]> rows, Class<T> type) {
        return rows.stream().map(row -> row[1]).filter(type::isInstance).map(type::cast);
    }

    /** Whether the changes since the other lead here; not in a database that was restored. */
    boolean continues(PolicyState other) {
        return generation.equals(other.generation) && revision >= other.revision;
    }
}
