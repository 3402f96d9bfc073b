package io.sallyport.audit.reading;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One row as people and programs read it: numbers are numbers, times are ISO 8601 in UTC. */
final class RowJson {

    private RowJson() {}

    static Map<String, Object> of(Map<String, String> row) {
        Map<String, Object> json = new LinkedHashMap<>();
        row.forEach((name, text) -> json.put(name, value(name, text)));
        return json;
    }

    private static Object value(String name, String text) {
        return switch (name) {
            case "position", "event_code", "attempt", "policy_version" -> Long.valueOf(text);
            case "timestamp" -> Instant.ofEpochMilli(Long.parseLong(text)).toString();
            case "details" -> DetailsJson.read(text);
            case "erased" -> List.of(text.split(" "));
            default -> text;
        };
    }
}
