package io.sallyport.verify;

import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.provider.Settings;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Counts attempts per user, over all methods, paths and nodes, in the table {@code MFA_THROTTLE}. */
public final class Throttle {

    private final KeycloakSession session;
    private final EntityManager em;
    private final ThrottleRows rows;

    /** The throttle in the session's transaction. */
    public Throttle(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.rows = new ThrottleRows(session);
    }

    /** Until when the user is locked; empty if he is not. */
    public Optional<Instant> lockedUntil(RealmModel realm, String userId) {
        return rows.look(realm, userId).flatMap(ThrottleRows.Seen::lock);
    }

    /**
     * Counts an attempt; run in a transaction of its own, before the code is compared. Who is seen to be locked already need
     * not come here: he would queue for the row, which the one success may be waiting for.
     *
     * @param seen what was seen just now, which mostly is so still: then one guarded statement counts
     * @return the ticket to compare with; empty if the user is locked, then nothing is counted
     */
    Optional<Ticket> reserve(RealmModel realm, String userId, Optional<ThrottleRows.Seen> seen) {
        Optional<Ticket> counted = seen.filter(found -> found.lock().isEmpty())
                .map(found -> found.state().attempted(found.now(), lockout(realm)))
                .filter(after -> rows.moved(realm, userId, seen.orElseThrow().state(), after))
                .map(after -> Ticket.of(after, seen.orElseThrow().now()));
        return counted.isPresent() ? counted : reserve(realm, userId);
    }

    private Optional<Ticket> reserve(RealmModel realm, String userId) {
        ThrottleState before = rows.locked(realm, userId);
        Instant now = DatabaseClock.now(session);
        if (before.locked(now)) {
            return Optional.empty();
        }
        ThrottleState state = before.attempted(now, lockout(realm));
        rows.write(realm, userId, state);
        return Optional.of(Ticket.of(state, now));
    }

    /**
     * Takes back the count of an attempt that is about to be spent, and of those before it, and holds the row until the end
     * of the transaction. Mostly nobody has moved it since the attempt was counted: then one guarded statement does both.
     */
    Held takeBack(RealmModel realm, String userId, Ticket ticket) {
        DatabaseClock.read(session, ticket.at());
        ThrottleState counted = ticket.counted();
        if (rows.moved(realm, userId, counted, counted.succeeded(ticket))) {
            return new Held(realm, userId, counted, counted.succeeded(ticket));
        }
        ThrottleState before = rows.locked(realm, userId);
        rows.write(realm, userId, before.succeeded(ticket));
        return new Held(realm, userId, before, before.succeeded(ticket));
    }

    /**
     * Waits until nobody else changes what the user could prove, and keeps others waiting until the end of the transaction:
     * whoever has proved a factor has this row, and it is held before all others.
     */
    public void queue(RealmModel realm, String userId) {
        rows.locked(realm, userId);
    }

    /**
     * Whether the last lock that was set is this one still, over or not, and nobody has ended it or tried again since; held as by
     * {@link #queue}.
     */
    boolean stands(RealmModel realm, String userId, Instant until) {
        return rows.locked(realm, userId)
                .lockedUntil()
                .filter(last -> last.toEpochMilli() == until.toEpochMilli())
                .isPresent();
    }

    /** The count of a user that nobody else moves meanwhile. */
    final class Held {

        private final RealmModel realm;
        private final String userId;
        private final ThrottleState before;
        private final ThrottleState after;

        private Held(RealmModel realm, String userId, ThrottleState before, ThrottleState after) {
            this.realm = realm;
            this.userId = userId;
            this.before = before;
            this.after = after;
        }

        /** Whether it was a lock that was taken back; one of a later row of attempts stays. */
        boolean endedLock() {
            return before.lockedUntil().isPresent() && after.lockedUntil().isEmpty();
        }

        /** Counts it again: it was not spent. */
        void restore() {
            rows.write(realm, userId, before);
        }
    }

    /** Ends a lock and forgets the count; whether there was either. */
    public boolean unlock(RealmModel realm, String userId) {
        ThrottleState before = rows.locked(realm, userId);
        rows.write(realm, userId, before.unlocked());
        return before.failures() > 0;
    }

    /** Ends a lock, if there is one now: what was seen before may have ended or begun since. Whether there was one. */
    public boolean lift(RealmModel realm, String userId) {
        ThrottleState before = rows.locked(realm, userId);
        boolean isLocked = before.locked(DatabaseClock.now(session));
        if (isLocked) {
            rows.write(realm, userId, before.unlocked());
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

    private Lockout lockout(RealmModel realm) {
        Settings settings = RealmSettings.of(session, realm);
        return new Lockout(settings.get(Setting.LOCKOUT_THRESHOLD), settings.get(Setting.LOCKOUT_COOLDOWN));
    }
}
