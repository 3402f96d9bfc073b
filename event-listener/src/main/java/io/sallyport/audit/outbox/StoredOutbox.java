package io.sallyport.audit.outbox;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.Outbox;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The outbox as the administration sees it. */
final class StoredOutbox implements Outbox {

    private final EntityManager em;

    private StoredOutbox(EntityManager em) {
        this.em = em;
    }

    static StoredOutbox of(KeycloakSession session) {
        return new StoredOutbox(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    @Override
    public List<Map<String, Object>> counts(String realmId) {
        return em.createQuery(
                        "select o.sink as sink, sum(case when o.state = 'W' then 1 else 0 end) as waiting,"
                                + " sum(case when o.state = 'D' then 1 else 0 end) as dead,"
                                + " max(case when o.state = 'W' and o.attempts > 0 then o.reason end) as failing"
                                + " from MfaOutbox o where o.realmId = :realm group by o.sink order by o.sink",
                        Tuple.class)
                .setParameter("realm", realmId)
                .getResultStream()
                .map(StoredOutbox::json)
                .toList();
    }

    @Override
    public Map<String, Instant> waitingSince(String realmId) {
        return em.createQuery(
                        "select o.sink, a.time from MfaOutbox o join MfaAudit a on a.eventId = o.eventId where o.id in"
                                + " (select min(w.id) from MfaOutbox w where w.realmId = :realm and w.state = 'W'"
                                + " and w.checkpoint is null group by w.sink)",
                        Object[].class)
                .setParameter("realm", realmId)
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> Instant.ofEpochMilli((Long) row[1])));
    }

    @Override
    public List<Map<String, Object>> dead(String realmId, int first, int max) {
        return em.createQuery(
                        "select o.sink as sink, o.eventId as event_id, o.attempts as attempts, o.reason as reason,"
                                + " nullif(o.addressee, '') as addressee, case when o.checkpoint is null then a.eventType else '"
                                + MfaEventType.AUDIT_CHECKPOINT.wireName() + "' end as event_type,"
                                + " a.time as timestamp, case when o.checkpoint is null then o.userId end as user_id"
                                + " from MfaOutbox o left join MfaAudit a on a.eventId = o.eventId"
                                + " where o.realmId = :realm and o.state = 'D' order by o.id",
                        Tuple.class)
                .setParameter("realm", realmId)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultStream()
                .map(StoredOutbox::json)
                .toList();
    }

    @Override
    public int resend(String realmId, Set<String> eventIds) {
        Query update = em.createQuery("update MfaOutbox o set o.state = 'W', o.attempts = 0, o.nextAt = 0"
                        + " where o.realmId = :realm and o.state = 'D'"
                        + (eventIds.isEmpty() ? "" : " and o.eventId in :events"))
                .setParameter("realm", realmId);
        if (!eventIds.isEmpty()) {
            update.setParameter("events", eventIds);
        }
        return update.executeUpdate();
    }

    private static Map<String, Object> json(Tuple row) {
        Map<String, Object> json = new LinkedHashMap<>();
        row.getElements().forEach(field -> {
            Object value = row.get(field.getAlias());
            if (value != null) {
                json.put(field.getAlias(), value);
            }
        });
        json.computeIfPresent(
                "timestamp",
                (name, millis) -> Instant.ofEpochMilli((Long) millis).toString());
        return json;
    }
}
