package io.sallyport.verify;

import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.provider.Settings;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Counts attempts per user, over all methods, paths and nodes, in the table {@code MFA_THROTTLE}. */
public final class Throttle {

    private final KeycloakSession session;
    private final EntityManager em;

    /** The throttle in the session's transaction. */
    public Throttle(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Until when the user is locked; empty if he is not. */
    public Optional<Instant> lockedUntil(RealmModel realm, String userId) {
        // columns, not the entity: another transaction may have moved the row since this one first saw it
        return em.createQuery(
                        "select t.lockedUntil from MfaThrottle t"
                                + " where t.realmId = :realm and t.userId = :user and t.lockedUntil > :now",
                        Long.class)
                .setParameter("realm", realm.getId())
                .setParameter("user", userId)
                .setParameter("now", DatabaseClock.now(em).toEpochMilli())
                .getResultStream()
                .map(Instant::ofEpochMilli)
                .findFirst();
    }

    /**
     * Counts an attempt; run in a transaction of its own, before the code is compared.
     *
     * @return the ticket to compare with; empty if the user is locked, then nothing is counted
     */
    Optional<Ticket> reserve(RealmModel realm, String userId) {
        if (lockedUntil(realm, userId).isPresent()) {
            return Optional.empty(); // without queueing for the row, which the one success may be waiting for
        }
        ThrottleRow row = locked(realm, userId);
        Instant now = DatabaseClock.now(em);
        if (row.state().locked(now)) {
            return Optional.empty();
        }
        ThrottleState state = row.state().attempted(now, lockout(realm));
        row.become(state);
        em.flush();
        return Optional.of(new Ticket(state.failures(), state.epoch(), state.lockedUntil()));
    }

    /** Holds the user's count until the end of the transaction, for an attempt that is about to be spent. */
    Held hold(RealmModel realm, String userId) {
        ThrottleRow row = locked(realm, userId);
        return ticket -> {
            ThrottleState before = row.state();
            row.become(before.succeeded(ticket));
            em.flush();
            return before.lockedUntil().isPresent();
        };
    }

    /**
     * Waits until nobody else changes what the user could prove, and keeps others waiting until the end of the transaction:
     * whoever has proved a factor has this row, and it is held before all others.
     */
    public void queue(RealmModel realm, String userId) {
        locked(realm, userId);
    }

    /** The count of a user that nobody else moves meanwhile. */
    interface Held {

        /** Takes back the count of an attempt that succeeded, and of those before it; whether that ended a lock. */
        boolean succeeded(Ticket ticket);
    }

    /** Ends a lock and forgets the count; whether there was either. */
    public boolean unlock(RealmModel realm, String userId) {
        ThrottleRow row = locked(realm, userId);
        ThrottleState before = row.state();
        row.become(before.unlocked());
        em.flush();
        return before.failures() > 0;
    }

    /** Ends all locks of a realm but that of the user who asks for it. */
    public void unlockAllBut(RealmModel realm, String userId) {
        em.createQuery("update MfaThrottle t set t.failures = 0, t.lockedUntil = null, t.epoch = t.epoch + 1"
                        + " where t.realmId = :realm and t.userId <> :user and t.lockedUntil is not null")
                .setParameter("realm", realm.getId())
                .setParameter("user", userId)
                .executeUpdate();
    }

    void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaThrottle t where t.realmId = :realm and t.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void forgetRealm(String realmId) {
        em.createQuery("delete from MfaThrottle t where t.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    /** The user's row, locked until the end of the transaction; made if it is the first attempt ever. */
    private ThrottleRow locked(RealmModel realm, String userId) {
        ThrottleRow.Key key = new ThrottleRow.Key(realm.getId(), userId);
        ThrottleRow row = em.find(ThrottleRow.class, key);
        if (row == null) {
            row = new ThrottleRow(realm.getId(), userId);
            em.persist(row);
            em.flush();
            return row;
        }
        em.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        return row;
    }

    private Lockout lockout(RealmModel realm) {
        Settings settings = RealmSettings.of(session, realm);
        return new Lockout(settings.get(Setting.LOCKOUT_THRESHOLD), settings.get(Setting.LOCKOUT_COOLDOWN));
    }
}
