package io.sallyport.audit.store;

import io.sallyport.audit.sealing.Erasure;
import io.sallyport.audit.sealing.TrailExport;
import io.sallyport.event.AuditReader;
import io.sallyport.event.MfaEventType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.hibernate.Session;

/** Reads the rows of {@code MFA_AUDIT}; what a row calls its type counts, also if this version does not know it. */
final class StoredAuditReader implements AuditReader {

    private static final int MAX = 500;

    private static final String ROWS_OF_REALM = AuditRows.ALL + " where r.realmId = :realm";

    private final EntityManager em;

    StoredAuditReader(EntityManager em) {
        this.em = em;
    }

    @Override
    public List<Map<String, Object>> read(
            String realmId, Optional<String> userId, Optional<MfaEventType> type, int first, int max) {
        if (first < 0) {
            throw new IllegalArgumentException("first = " + first + ", want 0 or more");
        }
        if (max < 1 || max > MAX) {
            throw new IllegalArgumentException("max = " + max + ", want 1 to " + MAX);
        }
        TypedQuery<Tuple> rows = em.createQuery(
                ROWS_OF_REALM
                        + userId.map(user -> " and r.userId = :user").orElse("")
                        + type.map(kind -> " and r.eventCode = :code").orElse("")
                        + " order by r.time desc, r.eventId desc",
                Tuple.class);
        rows.setParameter("realm", realmId);
        userId.ifPresent(user -> rows.setParameter("user", user));
        type.ifPresent(kind -> rows.setParameter("code", kind.code()));
        return rows.setFirstResult(first)
                .setMaxResults(max)
                .getResultStream()
                .map(AuditRows::json)
                .toList();
    }

    @Override
    public void export(String realmId, Consumer<Map<String, Object>> line) {
        em.unwrap(Session.class).doWork(connection -> new TrailExport(connection, line).write(realmId));
    }

    @Override
    public OptionalInt erase(String realmId, String userId) {
        return em.unwrap(Session.class).doReturningWork(connection -> new Erasure(connection, realmId).of(userId));
    }
}
