package io.sallyport.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of the trail, newest first.
 *
 * @param rows as JSON objects; a field that does not apply is left out
 * @param next where the next page goes on; absent if there is none
 */
public record AuditPage(List<Map<String, Object>> rows, Optional<AuditCursor> next) {

    public AuditPage {
        rows = List.copyOf(rows);
    }
}
