package io.sallyport.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which rows of the trail are wanted.
 *
 * @param filters what a row must say; all of them
 * @param from the first time
 * @param to the first time that is too late
 * @param after where the page before ended; absent for the first page
 * @param max how many rows at most, 1 to 500
 */
public record AuditQuery(
        Map<AuditFilter, String> filters,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<AuditCursor> after,
        int max) {

    public static final int MAX = 500;

    /** Beyond it lies no row, and no number of milliseconds. */
    public static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

    public AuditQuery {
        filters = Map.copyOf(filters);
        if (max < 1 || max > MAX) {
            throw new IllegalArgumentException("max = " + max + ", want 1 to " + MAX);
        }
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new IllegalArgumentException("from = " + from.get() + ", want a time before " + to.get());
        }
    }

    /** All rows, so many at a time. */
    public static AuditQuery all(int max) {
        return new AuditQuery(Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), max);
    }

    /** The same, so many rows at a time. */
    public AuditQuery pages(int size) {
        return new AuditQuery(filters, from, to, after, size);
    }

    /** The same, going on where a page ended. */
    public AuditQuery after(AuditCursor last) {
        return new AuditQuery(filters, from, to, Optional.of(last), max);
    }
}
