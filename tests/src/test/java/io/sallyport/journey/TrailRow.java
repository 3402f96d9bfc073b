package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A row of the trail.
 *
 * @param user whom it is about; empty if it is about nobody
 * @param rule empty if it names none
 * @param details as JSON
 */
record TrailRow(
        String id,
        Instant time,
        String correlation,
        String type,
        String outcome,
        String reason,
        String user,
        String rule,
        String details) {

    /** All of a realm, as the database has them. */
    static List<TrailRow> all(Database database, String realmId) {
        return database
                .rows(
                        "SELECT EVENT_ID, TIMESTAMP, CORRELATION_ID, EVENT_TYPE, OUTCOME, REASON, USER_ID, RULE_ID, DETAILS"
                                + " FROM MFA_AUDIT WHERE REALM_ID = ?",
                        realmId)
                .stream()
                .map(TrailRow::of)
                .toList();
    }

    private static TrailRow of(Map<String, String> row) {
        return new TrailRow(
                row.get("EVENT_ID"),
                Instant.ofEpochMilli(Long.parseLong(row.get("TIMESTAMP"))),
                row.get("CORRELATION_ID"),
                row.get("EVENT_TYPE"),
                row.get("OUTCOME"),
                text(row.get("REASON")),
                text(row.get("USER_ID")),
                text(row.get("RULE_ID")),
                row.get("DETAILS"));
    }

    private static String text(String stored) {
        return stored.equals("null") ? "" : stored;
    }

    /** As a page of the trail shows it, but for its details, which are many. */
    static TrailRow read(JsonNode row) {
        return new TrailRow(
                row.path("event_id").asText(),
                Instant.parse(row.path("timestamp").asText()),
                row.path("correlation_id").asText(),
                row.path("event_type").asText(),
                row.path("outcome").asText(),
                row.path("reason").asText(),
                row.path("user_id").asText(),
                row.path("rule").asText(),
                "");
    }

    boolean succeeded() {
        return outcome.equals("SUCCESS");
    }

    boolean is(String wanted) {
        return type.equals(wanted) && succeeded();
    }

    boolean isLock() {
        return type.equals("auth.mfa_locked") && reason.equals("too_many_failures");
    }

    /** A detail; empty if it says nothing of it. */
    String detail(String name) {
        return Json.read(details).path(name).asText();
    }

    /** What a page can be held against: all but how details are spelled. */
    TrailRow withoutDetails() {
        return new TrailRow(id, time, correlation, type, outcome, reason, user, rule, "");
    }

    @Override
    public String toString() {
        return type + " " + id + " of " + correlation;
    }
}
