package io.sallyport.audit;

import io.sallyport.audit.reading.DetailsJson;
import io.sallyport.audit.store.AuditRecord;
import io.sallyport.event.Detail;
import io.sallyport.event.OneLine;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes what an event says fit to be kept: only listed details, each on one line, no more of it than a column holds. */
final class Redaction {

    /** What has no column of its own and may be kept; a detail that is not on this list is dropped, whatever it is. */
    private static final Set<String> KEPT = Set.of(
            Detail.ENROLLMENT_ID,
            Detail.LOCKED_UNTIL,
            Detail.POLICY_LEVEL,
            Detail.SETTING,
            Detail.GRACE_UNTIL,
            Detail.SKIPS_LEFT,
            Detail.ACTION,
            Detail.ACTION_HASH,
            Detail.CODES_LEFT,
            Detail.DELIVERY,
            Detail.DEVICE,
            Detail.PROVIDER,
            Detail.PROXY,
            Detail.FORWARDED,
            Detail.CALL,
            Detail.ROWS,
            Detail.FORMAT,
            Detail.EXPORT,
            Detail.OWNER,
            Detail.RULE_NAME,
            Detail.DAYS_LEFT,
            Detail.FROM,
            Detail.TO);
    /** What is worth nothing unless it is whole; if there is too much of it, there is no row. */
    private static final Set<String> WHOLE = Set.of(Detail.BEFORE, Detail.AFTER, Detail.FILTERS, Detail.MANIFEST);

    private Redaction() {}

    /** The listed details. */
    static Map<String, String> details(Map<String, String> all) {
        Map<String, String> kept = new TreeMap<>();
        for (String name : KEPT) {
            OneLine.of(all.get(name), AuditRecord.MAX_NAME).ifPresent(value -> kept.put(name, value));
        }
        for (String name : WHOLE) {
            OneLine.of(all.get(name), DetailsJson.MAX).ifPresent(value -> kept.put(name, value));
        }
        return kept;
    }
}
