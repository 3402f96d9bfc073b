package io.sallyport.verify;

import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Locks that are yet to be told, from their reservation to the transaction of their row: whoever removes one there tells it, and
 * nobody else on any node.
 */
final class UntoldLocks {

    /** Much longer than anything is compared. */
    static final Duration OVERDUE = Duration.ofSeconds(20);

    /** Of one realm at a time. */
    private static final int MOST = 100;

    private final KeycloakSession session;
    private final EntityManager em;

    UntoldLocks(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** In the transaction that sets the lock. */
    void add(UntoldLock lock) {
        em.persist(new UntoldLockRow(lock, DatabaseClock.now(session).toEpochMilli()));
    }

    /** Whether this transaction is the one that tells it, or that took it back. */
    boolean remove(String realmId, String userId, Instant until) {
        return em.createQuery("delete from MfaUntoldLock l where l.realmId = :realm and l.userId = :user"
                                + " and l.lockedUntil = :until")
                        .setParameter("realm", realmId)
                        .setParameter("user", userId)
                        .setParameter("until", until.toEpochMilli())
                        .executeUpdate()
                == 1;
    }

    /** Realms with some whose attempt can't be under way any more. */
    List<String> realms() {
        return em.createQuery("select distinct l.realmId from MfaUntoldLock l where l.since < :before", String.class)
                .setParameter("before", before())
                .getResultList();
    }

    /** Some of those of one realm, the longest overdue first. */
    List<UntoldLock> overdue(String realmId) {
        return em.createQuery(
                        "select l.realmId, l.userId, l.lockedUntil, l.attempts from MfaUntoldLock l"
                                + " where l.realmId = :realm and l.since < :before order by l.since",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("before", before())
                .setMaxResults(MOST)
                .getResultStream()
                .map(UntoldLocks::read)
                .toList();
    }

    /** Lets one that can't be told now wait for its turn again, behind all others. */
    void postpone(UntoldLock lock) {
        em.createQuery("update MfaUntoldLock l set l.since = :now where l.realmId = :realm and l.userId = :user"
                        + " and l.lockedUntil = :until")
                .setParameter("now", DatabaseClock.now(session).toEpochMilli())
                .setParameter("realm", lock.realmId())
                .setParameter("user", lock.userId())
                .setParameter("until", lock.until().toEpochMilli())
                .executeUpdate();
    }

    /** The same of one user. */
    List<UntoldLock> overdue(String realmId, String userId) {
        return since(realmId, userId, before());
    }

    /** All of one user, in their order. */
    List<UntoldLock> of(String realmId, String userId) {
        return since(realmId, userId, Long.MAX_VALUE);
    }

    private List<UntoldLock> since(String realmId, String userId, long before) {
        return em.createQuery(
                        "select l.realmId, l.userId, l.lockedUntil, l.attempts from MfaUntoldLock l"
                                + " where l.realmId = :realm and l.userId = :user and l.since < :before"
                                + " order by l.lockedUntil",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("before", before)
                .getResultStream()
                .map(UntoldLocks::read)
                .toList();
    }

    private long before() {
        return DatabaseClock.now(session).minus(OVERDUE).toEpochMilli();
    }

    private static UntoldLock read(Object[] row) {
        return new UntoldLock((String) row[0], (String) row[1], Instant.ofEpochMilli((Long) row[2]), (Integer) row[3]);
    }

    void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaUntoldLock l where l.realmId = :realm and l.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void forgetRealm(String realmId) {
        em.createQuery("delete from MfaUntoldLock l where l.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
