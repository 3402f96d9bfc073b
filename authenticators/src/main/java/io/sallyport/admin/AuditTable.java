package io.sallyport.admin;

import io.sallyport.event.AuditPage;
import io.sallyport.event.AuditQuery;
import io.sallyport.event.AuditReader;
import io.sallyport.event.Csv;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows of the trail as lines of a table for people, read page by page and never held. */
final class AuditTable {

    private static final List<String> COLUMNS = List.of(
            "position",
            "timestamp",
            "event_id",
            "event_code",
            "event_type",
            "outcome",
            "reason",
            "user_id",
            "actor",
            "tenant",
            "client_id",
            "session_id",
            "ip",
            "user_agent",
            "method",
            "attempt",
            "rule",
            "policy_version",
            "correlation_id",
            "realm_id",
            "details");

    private final AuditReader reader;
    private final String realmId;

    AuditTable(AuditReader reader, String realmId) {
        this.reader = reader;
        this.realmId = realmId;
    }

    /** The line above all rows. */
    static String head() {
        return Csv.line(COLUMNS);
    }

    /** One line for each row, the newest first. */
    void rows(AuditQuery query, Consumer<String> line) {
        Optional<AuditQuery> next = Optional.of(query);
        while (next.isPresent()) {
            AuditQuery at = next.get();
            AuditPage page = reader.read(realmId, at);
            page.rows().forEach(row -> line.accept(line(row)));
            next = page.next().map(at::after);
        }
    }

    private static String line(Map<String, Object> row) {
        return Csv.line(COLUMNS.stream().map(name -> cell(row.get(name))).toList());
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "" : value instanceof Map ? JsonText.of(value) : String.valueOf(value);
    }
}
