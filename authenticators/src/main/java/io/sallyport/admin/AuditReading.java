package io.sallyport.admin;

import io.sallyport.event.AuditQuery;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import java.util.Map;
import java.util.TreeMap;

/** That somebody looks at the trail, or at names, is on the trail, with what he looks for. */
final class AuditReading {

    private AuditReading() {}

    static MfaEvent event(MfaEventType type, Administrator caller, AuditQuery query) {
        return event(type, caller, wanted(query));
    }

    /** That he looks at events which nobody took, and whom they are about. */
    static MfaEvent deadLetters(Administrator caller, int first, int max) {
        return event(
                MfaEventType.AUDIT_READ,
                caller,
                new TreeMap<>(
                        Map.of("dead_letters", "all", "first", String.valueOf(first), "max", String.valueOf(max))));
    }

    /** That he looks at names of people. */
    static MfaEvent names(Administrator caller, Map<String, String> wanted, CoverageFormat form) {
        return event(MfaEventType.COVERAGE_READ, caller, wanted).with(Detail.FORMAT, form.text());
    }

    private static MfaEvent event(MfaEventType type, Administrator caller, Map<String, String> wanted) {
        return MfaEvent.of(type, Outcome.SUCCESS)
                .user(caller.id())
                .with(Detail.ACTOR, caller.id())
                .with(Detail.FILTERS, JsonText.of(wanted));
    }

    /** What is looked for, by the names of the query. */
    static Map<String, String> wanted(AuditQuery query) {
        Map<String, String> wanted = new TreeMap<>();
        query.filters().forEach((filter, value) -> wanted.put(filter.wireName(), value));
        query.from().ifPresent(from -> wanted.put("from", from.toString()));
        query.to().ifPresent(to -> wanted.put("to", to.toString()));
        query.after().ifPresent(last -> wanted.put("older_than", last.time().toString()));
        return wanted;
    }
}
