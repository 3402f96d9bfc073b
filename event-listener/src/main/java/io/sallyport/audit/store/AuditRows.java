package io.sallyport.audit.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of {@code MFA_AUDIT} as the JSON objects that people and machines read; a field that does not apply is left out. */
public final class AuditRows {

    /** The aliases are the names of the JSON fields. */
    static final String ALL = """
            select r.eventId as event_id, r.eventCode as event_code, r.eventType as event_type, r.realmId as realm_id,
              r.tenant as tenant, r.actorId as actor, r.userId as user_id, r.clientId as client_id,
              r.sessionId as session_id, r.ip as ip, r.userAgent as user_agent, r.method as method,
              r.outcome as outcome, r.reason as reason, r.attempt as attempt, r.ruleId as rule,
              r.policyVersion as policy_version, r.correlationId as correlation_id, r.time as timestamp,
              r.details as details
            from MfaAudit r""";

    private AuditRows() {}

    /** The rows of these events. */
    public static List<Map<String, Object>> of(EntityManager em, Collection<String> eventIds) {
        return em.createQuery(ALL + " where r.eventId in :ids", Tuple.class)
                .setParameter("ids", eventIds)
                .getResultStream()
                .map(AuditRows::json)
                .toList();
    }

    static Map<String, Object> json(Tuple row) {
        Map<String, Object> json = new LinkedHashMap<>();
        row.getElements().forEach(field -> {
            Object value = row.get(field.getAlias());
            if (value != null) {
                json.put(field.getAlias(), value);
            }
        });
        json.put(
                "timestamp",
                Instant.ofEpochMilli(row.get("timestamp", Long.class)).toString());
        json.put("details", DetailsJson.read(row.get("details", String.class)));
        return json;
    }
}
