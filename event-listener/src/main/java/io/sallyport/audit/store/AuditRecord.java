package io.sallyport.audit.store;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one row of the audit trail says; every text fits its column.
 *
 * @param eventId our own id of the event, a UUID
 * @param time when Keycloak sent the event
 * @param tenant ids of the organizations that counted, separated by blanks
 * @param actorId who acted: an administrator, else the user himself
 * @param userId whom it is about
 * @param attempt how many failures in a row there were then
 * @param ruleId the deciding rule
 * @param details what has no column of its own
 */
public record AuditRecord(
        String eventId,
        MfaEventType type,
        Instant time,
        String realmId,
        Optional<String> tenant,
        Optional<String> actorId,
        Optional<String> userId,
        Optional<String> clientId,
        Optional<String> sessionId,
        Optional<String> ip,
        Optional<String> userAgent,
        Optional<String> method,
        Outcome outcome,
        Optional<String> reason,
        Optional<Integer> attempt,
        Optional<String> ruleId,
        Optional<Long> policyVersion,
        String correlationId,
        Map<String, String> details) {

    public static final int MAX_METHOD = 32;
    public static final int MAX_ID = 36;
    public static final int MAX_WORD = 64;
    public static final int MAX_NAME = 255;
    /** Of a list of ids. */
    public static final int MAX_LIST = 2000;

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public AuditRecord {
        if (!UUID.matcher(eventId).matches()) {
            throw new IllegalArgumentException("event_id = " + eventId + ", want a UUID");
        }
        if (!time.isAfter(Instant.EPOCH)) {
            throw new IllegalArgumentException("time = " + time + ", want the time of the event");
        }
        wanted("realm_id", realmId, MAX_ID);
        wanted("correlation_id", correlationId, MAX_WORD);
        fits("tenant", tenant, MAX_LIST);
        fits("actor", actorId, MAX_NAME);
        fits("user_id", userId, MAX_NAME);
        fits("client_id", clientId, MAX_NAME);
        fits("session_id", sessionId, MAX_NAME);
        fits("ip", ip, MAX_WORD);
        fits("user_agent", userAgent, MAX_NAME);
        fits("method", method, MAX_METHOD);
        fits("reason", reason, MAX_NAME);
        fits("rule", ruleId, MAX_ID);
        notNegative("attempt", attempt);
        notNegative("policy_version", policyVersion);
        details = Map.copyOf(details);
    }

    private static void wanted(String name, String value, int max) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
        fits(name, Optional.of(value), max);
    }

    private static void fits(String name, Optional<String> value, int max) {
        int length = value.map(String::length).orElse(0);
        if (length > max) {
            throw new IllegalArgumentException(name + " has " + length + " characters, want at most " + max);
        }
    }

    private static void notNegative(String name, Optional<? extends Number> value) {
        if (value.map(Number::longValue).orElse(0L) < 0) {
            throw new IllegalArgumentException(name + " = " + value.get() + ", want 0 or more");
        }
    }
}
