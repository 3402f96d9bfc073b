package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The audit trail of one realm, as its administrator reads it. */
public record Audit(AdminApi admin, String realm) {

    private static final int PAGE = 500;

    /** One row, by the names of the API. */
    public record Row(JsonNode json) {

        public String type() {
            return text("event_type");
        }

        public String outcome() {
            return text("outcome");
        }

        public String reason() {
            return text("reason");
        }

        /** As a moment: a text without a fraction of a second is no text before one with it. */
        Instant time() {
            return Instant.parse(text("timestamp"));
        }

        /** A field of the row; empty if it does not apply. */
        public String text(String name) {
            return json.path(name).asText();
        }

        /** A detail of the row; empty if it does not apply. */
        public String detail(String name) {
            return json.path("details").path(name).asText();
        }
    }

    /** What is about this user, oldest first. */
    public List<Row> of(String userId) {
        return read("user=" + userId);
    }

    private List<Row> read(String filter) {
        List<Row> rows = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = admin.get(realm + "/mfa/audit?max=" + PAGE + "&" + filter + next);
            page.path("rows").forEach(row -> rows.add(new Row(row)));
            next = "&cursor=" + page.path("next").asText();
        } while (!next.endsWith("="));
        rows.sort(Comparator.comparing(Row::time));
        return rows;
    }

    /** What is about this user and of this type, oldest first. */
    public List<Row> of(String userId, String type) {
        return of(userId).stream().filter(row -> row.type().equals(type)).toList();
    }
}
