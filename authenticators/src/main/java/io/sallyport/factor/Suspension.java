package io.sallyport.factor;

import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Failures in a row of single enrollments. One that reached its cap is suspended: it still counts as enrolled, but is never
 * compared again; only another one in its place helps.
 */
public final class Suspension {

    private final KeycloakSession session;
    private final EntityManager em;

    /** Suspensions in the session's transaction. */
    public Suspension(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Which of the user's enrollments are suspended. */
    public Set<String> of(String realmId, String userId) {
        // columns, not the entity: another transaction may have moved the row since this one first saw it
        return em.createQuery(
                        "select e.id from MfaEnrollment e where e.realmId = :realm and e.userId = :user"
                                + " and e.suspendedAt is not null",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .getResultStream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether this enrollment is suspended. */
    public boolean isSuspended(String id) {
        List<Long> since = em.createQuery(
                        "select e.suspendedAt from MfaEnrollment e where e.id = :id and e.suspendedAt is not null",
                        Long.class)
                .setParameter("id", id)
                .getResultList();
        return !since.isEmpty();
    }

    /**
     * Counts an attempt as if it had failed; run it in the attempt's own transaction, before the answer is compared.
     *
     * @param cap so many failures in a row suspend
     * @return what that made of it
     */
    public Counted attempted(String id, int cap) {
        if (goesOn(id, cap)) {
            return Counted.ON;
        }
        boolean last = em.createQuery("update MfaEnrollment e set e.failures = e.failures + 1, e.suspendedAt = :now"
                                + " where e.id = :id and e.suspendedAt is null")
                        .setParameter("now", DatabaseClock.now(session).toEpochMilli())
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
        return last ? Counted.LAST : isSuspended(id) ? Counted.NEVER : Counted.ON;
    }

    /** Counts an attempt that does not suspend; false if it would, or there is no such row, and then nothing is counted. */
    public boolean goesOn(String id, int cap) {
        return em.createQuery("update MfaEnrollment e set e.failures = e.failures + 1"
                                + " where e.id = :id and e.suspendedAt is null and e.failures + 1 < :cap")
                        .setParameter("id", id)
                        .setParameter("cap", cap)
                        .executeUpdate()
                == 1;
    }

    /** What becomes of an enrollment by one more attempt. */
    public enum Counted {
        /** It was suspended before: nothing is compared. */
        NEVER,
        /** It is suspended now, unless the attempt succeeds. */
        LAST,
        /** It goes on. */
        ON
    }
}
