package io.sallyport.verify;

import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.provider.Settings;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
                        "select t.lockedUntil, instant from MfaThrottle t where t.realmId = :realm and t.userId = :user",
                        Object[].class)
                .setParameter("realm", realm.getId())
                .setParameter("user", userId)
                .getResultStream()
                .flatMap(row -> until(row[0], DatabaseClock.read(session, (Instant) row[1])).stream())
                .findFirst();
    }

    private static Optional<Instant> until(@Nullable Object stored, Instant now) {
        return Optional.ofNullable((Long) stored).map(Instant::ofEpochMilli).filter(now::isBefore);
    }

    /**
     * Counts an attempt; run in a transaction of its own, before the code is compared. Who is seen to be locked already need
     * not come here: he would queue for the row, which the one success may be waiting for.
     *
     * @return the ticket to compare with; empty if the user is locked, then nothing is counted
     */
    Optional<Ticket> reserve(RealmModel realm, String userId) {
        ThrottleState before = locked(realm, userId);
        Instant now = DatabaseClock.now(session);
        if (before.locked(now)) {
            return Optional.empty();
        }
        ThrottleState state = before.attempted(now, lockout(realm));
        write(realm, userId, state);
        return Optional.of(new Ticket(state.failures(), state.epoch(), state.lockedUntil()));
    }

    /** Holds the user's count until the end of the transaction, for an attempt that is about to be spent. */
    Held hold(RealmModel realm, String userId) {
        ThrottleState before = locked(realm, userId);
        return ticket -> {
            write(realm, userId, before.succeeded(ticket));
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
        ThrottleState before = locked(realm, userId);
        write(realm, userId, before.unlocked());
        return before.failures() > 0;
    }

    /** Ends a lock, if there is one now: what was seen before may have ended or begun since. Whether there was one. */
    public boolean lift(RealmModel realm, String userId) {
        ThrottleState before = locked(realm, userId);
        boolean isLocked = before.locked(DatabaseClock.now(session));
        if (isLocked) {
            write(realm, userId, before.unlocked());
        }
        return isLocked;
    }

    /** Ids of the users who are locked now, but of the one who asks; in their order, in which their rows are to be held. */
    public List<String> lockedBut(RealmModel realm, String userId) {
        return em.createQuery(
                        "select t.userId from MfaThrottle t where t.realmId = :realm and t.userId <> :user"
                                + " and t.lockedUntil > :now order by t.userId",
                        String.class)
                .setParameter("realm", realm.getId())
                .setParameter("user", userId)
                .setParameter("now", DatabaseClock.now(session).toEpochMilli())
                .getResultList();
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

    /**
     * The user's count, its row locked until the end of the transaction; made if it is the first attempt ever. The row is not
     * kept: what this transaction has read before need not be so any more.
     */
    private ThrottleState locked(RealmModel realm, String userId) {
        Optional<ThrottleState> state = em
                .createQuery(
                        "select t, instant from MfaThrottle t where t.realmId = :realm and t.userId = :user",
                        Object[].class)
                .setParameter("realm", realm.getId())
                .setParameter("user", userId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .stream()
                .map(this::read)
                .findFirst();
        return state.orElseGet(() -> first(realm, userId));
    }

    private ThrottleState read(Object[] read) {
        DatabaseClock.read(session, (Instant) read[1]);
        ThrottleRow row = (ThrottleRow) read[0];
        em.detach(row);
        return row.state();
    }

    private ThrottleState first(RealmModel realm, String userId) {
        ThrottleRow row = new ThrottleRow(realm.getId(), userId);
        em.persist(row);
        em.flush();
        em.detach(row);
        return row.state();
    }

    private void write(RealmModel realm, String userId, ThrottleState state) {
        em.createQuery("update MfaThrottle t set t.failures = :failures, t.lockedUntil = :until, t.epoch = :epoch"
                        + " where t.realmId = :realm and t.userId = :user")
                .setParameter("failures", state.failures())
                .setParameter(
                        "until", state.lockedUntil().map(Instant::toEpochMilli).orElse(null))
                .setParameter("epoch", state.epoch())
                .setParameter("realm", realm.getId())
                .setParameter("user", userId)
                .executeUpdate();
    }

    private Lockout lockout(RealmModel realm) {
        Settings settings = RealmSettings.of(session, realm);
        return new Lockout(settings.get(Setting.LOCKOUT_THRESHOLD), settings.get(Setting.LOCKOUT_COOLDOWN));
    }
}
