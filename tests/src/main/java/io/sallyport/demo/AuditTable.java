package io.sallyport.demo;

import io.sallyport.journey.Audit;
import java.util.List;

/** Audit rows as a table for people. */
final class AuditTable {

    private static final String LINE = "%-24s  %-5s  %-28s  %-8s  %-7s  %-8s  %-22s  %s";

    private AuditTable() {}

    static String of(String username, List<Audit.Row> rows) {
        StringBuilder table = new StringBuilder(
                LINE.formatted("timestamp", "code", "event", "user", "method", "outcome", "reason", "attempt"));
        for (Audit.Row row : rows) {
            table.append('\n')
                    .append(LINE.formatted(
                                    row.text("timestamp"),
                                    row.text("event_code"),
                                    row.type(),
                                    username,
                                    row.text("method"),
                                    row.outcome(),
                                    row.reason(),
                                    row.text("attempt"))
                            .stripTrailing());
        }
        return table.toString();
    }
}
