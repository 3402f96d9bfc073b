package io.sallyport.admin;

import io.sallyport.event.AuditQuery;
import io.sallyport.json.InvalidRequest;
import io.sallyport.policy.store.RulePlace;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a page of rules is asked to begin. */
final class PlaceRequest {

    private PlaceRequest() {}

    /**
     * The place.
     *
     * @param exceptions whether they are listed by their ends
     * @param endsFrom only those that end then or later
     * @param after what the page before said
     */
    static RulePlace of(boolean exceptions, @Nullable String endsFrom, @Nullable String after) {
        if (endsFrom != null && !exceptions) {
            throw new InvalidRequest(List.of("ends_from: want exceptions=true beside it"));
        }
        RulePlace from = endsFrom == null ? RulePlace.BEGINNING : RulePlace.endingFrom(time(endsFrom));
        if (after == null || after.isEmpty()) {
            return from;
        }
        return exceptions
                ? RulePlace.ofExceptions(after)
                        .orElseThrow(() -> new InvalidRequest(List.of("after: want next of the page before")))
                : new RulePlace("", after);
    }

    private static Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(Instant.EPOCH) && !time.isAfter(AuditQuery.LAST_TIME)) {
                return time;
            }
        } catch (DateTimeException none) {
            // told below
        }
        throw new InvalidRequest(List.of("ends_from: want a time such as 2026-01-31T00:00:00Z"));
    }
}
