package io.sallyport.factor;

import io.sallyport.policy.Method;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The rows of {@code MFA_ENROLLMENT}. Status and last step move by guarded updates only: a row count decides races. */
public final class Enrollments {

    private final KeycloakSession session;
    private final EntityManager em;

    /** The enrollments in the session's transaction. */
    public Enrollments(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Makes sure that a credential which Keycloak had before us has its row; run it in a transaction of its own. */
    public void adopt(String credentialId, String realmId, String userId, Method method) {
        adopt(credentialId, realmId, userId, method, -1);
    }

    /** The same for a credential that counts already: no step up to this one will be taken. */
    void adopt(String credentialId, String realmId, String userId, Method method, long lastStep) {
        if (em.find(EnrollmentRow.class, credentialId) == null) {
            long now = DatabaseClock.now(session).toEpochMilli();
            EnrollmentRow row = new EnrollmentRow(credentialId, realmId, userId, method, Status.ACTIVE, now);
            row.startAt(lastStep);
            em.persist(row);
            em.flush();
        }
    }

    /** Whether the user has, or ever had, an active enrollment; a removed factor still counts. */
    public boolean everActive(String realmId, String userId) {
        return em.createQuery(
                                "select count(e) from MfaEnrollment e where e.realmId = :realm and e.userId = :user"
                                        + " and (e.status = :active or e.activatedAt is not null)",
                                Long.class)
                        .setParameter("realm", realmId)
                        .setParameter("user", userId)
                        .setParameter("active", Status.ACTIVE)
                        .getSingleResult()
                > 0;
    }

    /** The methods of the user's active enrollments that were used, the last used first. */
    public List<Method> lastUsed(String realmId, String userId) {
        return em.createQuery(
                        "select e.method from MfaEnrollment e where e.realmId = :realm and e.userId = :user"
                                + " and e.status = :active and e.lastUsedAt is not null order by e.lastUsedAt desc",
                        Method.class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("active", Status.ACTIVE)
                .getResultStream()
                .distinct()
                .toList();
    }

    /**
     * Spends a step of an active enrollment: true once for each step, and never for one before a used one. A right code ends
     * its row of wrong ones.
     */
    boolean spend(String id, long step) {
        return em.createQuery("update MfaEnrollment e set e.lastStep = :step, e.lastUsedAt = :now,"
                                + " e.failures = 0, e.suspendedAt = null"
                                + " where e.id = :id and e.status = :active and e.lastStep < :step")
                        .setParameter("step", step)
                        .setParameter("now", DatabaseClock.now(session).toEpochMilli())
                        .setParameter("id", id)
                        .setParameter("active", Status.ACTIVE)
                        .executeUpdate()
                == 1;
    }

    /**
     * Spends an assertion of a key: its counter must have grown, or never have counted at all. A counter that went back is
     * flagged: WebAuthn Level 2 §7.2 step 21 calls it a signal that the key was copied.
     */
    Spending spendKey(String id, long signCount) {
        if (signCount > 0 ? spend(id, signCount) : spendUncounted(id)) {
            return Spending.SPENT;
        }
        return flagged(id) ? Spending.POSSIBLE_CLONE : Spending.REPLAY;
    }

    private boolean spendUncounted(String id) {
        return em.createQuery("update MfaEnrollment e set e.lastUsedAt = :now"
                                + " where e.id = :id and e.status = :active and e.lastStep <= 0")
                        .setParameter("now", DatabaseClock.now(session).toEpochMilli())
                        .setParameter("id", id)
                        .setParameter("active", Status.ACTIVE)
                        .executeUpdate()
                == 1;
    }

    private boolean flagged(String id) {
        return em.createQuery("update MfaEnrollment e set e.cloneSuspectedAt = :now"
                                + " where e.id = :id and e.status = :active")
                        .setParameter("now", DatabaseClock.now(session).toEpochMilli())
                        .setParameter("id", id)
                        .setParameter("active", Status.ACTIVE)
                        .executeUpdate()
                == 1;
    }

    /** Makes a pending enrollment active by its first step: true once. */
    boolean activate(String id, long step) {
        return em.createQuery(
                                "update MfaEnrollment e set e.status = :active, e.lastStep = :step, e.pendingSecret = null,"
                                        + " e.activatedAt = :now, e.lastUsedAt = :now"
                                        + " where e.id = :id and e.status = :enrolled and e.expiresAt > :now")
                        .setParameter("active", Status.ACTIVE)
                        .setParameter("step", step)
                        .setParameter("now", DatabaseClock.now(session).toEpochMilli())
                        .setParameter("id", id)
                        .setParameter("enrolled", Status.ENROLLED)
                        .executeUpdate()
                == 1;
    }

    /** A new pending enrollment in place of the user's pending one of the same method. */
    public String begin(String realmId, String userId, Method method, Duration ttl, SealedSecret secret) {
        forgetCodes(realmId, userId, method);
        em.createQuery("delete from MfaEnrollment e where e.realmId = :realm and e.userId = :user"
                        + " and e.method = :method and e.status = :enrolled")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("method", method)
                .setParameter("enrolled", Status.ENROLLED)
                .executeUpdate();
        long now = DatabaseClock.now(session).toEpochMilli();
        String id = UUID.randomUUID().toString();
        EnrollmentRow row = new EnrollmentRow(id, realmId, userId, method, Status.ENROLLED, now);
        row.pending(secret.sealed(), now + ttl.toMillis());
        em.persist(row);
        em.flush();
        return id;
    }

    /** Recovery codes that wait for an enrollment die with it. */
    private void forgetCodes(String realmId, String userId, Method method) {
        em.createQuery("delete from MfaRecoveryCode c where c.realmId = :realm and c.userId = :user"
                        + " and c.enrollmentId in (select e.id from MfaEnrollment e where e.realmId = :realm"
                        + " and e.userId = :user and e.method = :method and e.status = :enrolled)")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("method", method)
                .setParameter("enrolled", Status.ENROLLED)
                .executeUpdate();
    }

    /** The sealed secret of the user's own pending enrollment; empty if it is not his, not pending or over. */
    public Optional<SealedSecret> pending(String id, String realmId, String userId) {
        EnrollmentRow row = em.find(EnrollmentRow.class, id);
        if (row == null
                || !row.belongsTo(realmId, userId)
                || row.status() != Status.ENROLLED
                || row.expiresAt() <= DatabaseClock.now(session).toEpochMilli()) {
            return Optional.empty();
        }
        return Optional.ofNullable(row.pendingSecret()).map(SealedSecret::new);
    }

    /** Whether this is the user's own pending enrollment of the method. */
    boolean isPending(String id, String realmId, String userId, Method method) {
        EnrollmentRow row = em.find(EnrollmentRow.class, id);
        return row != null
                && row.method() == method
                && pending(id, realmId, userId).isPresent();
    }

    /** Forgets the enrollments of a user who is being removed. */
    public void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaEnrollment e where e.realmId = :realm and e.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** Forgets the enrollments of a realm that is being removed. */
    public void forgetRealm(String realmId) {
        em.createQuery("delete from MfaEnrollment e where e.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    /**
     * A sealed secret on its way into or out of a row.
     *
     * @param sealed the sealed text
     */
    public record SealedSecret(String sealed) {
        @Override
        public String toString() {
            return "***";
        }
    }
}
