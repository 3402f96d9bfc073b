package io.sallyport.admin;

import io.sallyport.event.AuditQuery;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import java.util.Map;
import java.util.TreeMap;

/** That somebody looks at the trail is on the trail, with what he looks for. */
final class AuditReading {

    private AuditReading() {}

    static MfaEvent event(MfaEventType type, Administrator caller, AuditQuery query) {
        return MfaEvent.of(type, Outcome.SUCCESS)
                .user(caller.id())
                .with(Detail.ACTOR, caller.id())
                .with(Detail.FILTERS, JsonText.of(wanted(query)));
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
