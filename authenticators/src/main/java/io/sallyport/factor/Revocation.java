package io.sallyport.factor;

import io.sallyport.policy.Method;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The end of an enrollment: its row stays, so that whoever had a factor once is known to have had it. */
public final class Revocation {

    private final EntityManager em;

    /** Revocations in the session's transaction. */
    public Revocation(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * Holds all enrollments of the user until the end of the transaction. Whoever removes a factor does it first: a success
     * takes the row of the enrollment, the credential and the challenge in this order, and nobody must take them in another.
     */
    public void hold(String realmId, String userId) {
        em.createQuery(
                        "select e.id from MfaEnrollment e where e.realmId = :realm and e.userId = :user order by e.id",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .getResultList()
                // by an update that changes nothing: a lock by the entity would bring a stale one along
                .forEach(id -> em.createQuery("update MfaEnrollment e set e.userId = e.userId where e.id = :id")
                        .setParameter("id", id)
                        .executeUpdate());
    }

    /** Which of the user's enrollments are revoked, also by a transaction that Keycloak's cache has not heard of yet. */
    public Set<String> of(String realmId, String userId) {
        return em.createQuery(
                        "select e.id from MfaEnrollment e where e.realmId = :realm and e.userId = :user"
                                + " and e.status = :revoked",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("revoked", Status.REVOKED)
                .getResultStream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Revokes an enrollment, active or pending; only what was active counts as ever held. A factor that Keycloak had before
     * us, and that was never used since, gets its row here.
     */
    public void revoke(String id, String realmId, String userId, Method method) {
        em.createQuery(
                        "delete from MfaRecoveryCode c where c.enrollmentId = :id and c.realmId = :realm and c.userId = :user")
                .setParameter("id", id)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
        long now = DatabaseClock.now(em).toEpochMilli();
        int revoked = em.createQuery("update MfaEnrollment e set e.status = :revoked, e.revokedAt = :now,"
                        + " e.activatedAt = case when e.status = :active then coalesce(e.activatedAt, e.enrolledAt)"
                        + " else e.activatedAt end, e.pendingSecret = null, e.lastStep = -1"
                        + " where e.id = :id and e.realmId = :realm and e.userId = :user and e.status <> :revoked")
                .setParameter("revoked", Status.REVOKED)
                .setParameter("active", Status.ACTIVE)
                .setParameter("now", now)
                .setParameter("id", id)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
        if (revoked == 0 && em.find(EnrollmentRow.class, id) == null) {
            EnrollmentRow row = new EnrollmentRow(id, realmId, userId, method, Status.REVOKED, now);
            row.revokedAt(now);
            em.persist(row);
            em.flush();
        }
    }
}
