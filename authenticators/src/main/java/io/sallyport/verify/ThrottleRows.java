package io.sallyport.verify;

import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The rows of {@code MFA_THROTTLE}: seen without waiting, moved by guarded updates, or locked. */
final class ThrottleRows {

    private final KeycloakSession session;
    private final EntityManager em;

    ThrottleRows(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * What somebody saw who did not wait for the row.
     *
     * @param state the count
     * @param now the time of the database then
     * @param prior what was seen along with it; absent if nothing was looked for
     */
    record Seen(ThrottleState state, Instant now, Optional<Prior> prior) {

        /** Until when the user is locked; empty if he is not. */
        Optional<Instant> lock() {
            return state.lockedUntil().filter(now::isBefore);
        }
    }

    /** The count as it is; empty before the first attempt. */
    Optional<Seen> look(RealmModel realm, String userId) {
        // columns, not the entity: another transaction may have moved the row since this one first saw it
        return em.createQuery(
                        "select t.failures, t.lockedUntil, t.epoch, instant from MfaThrottle t"
                                + " where t.realmId = :realm and t.userId = :user",
                        Object[].class)
                .setParameter("realm", realm.getId())
                .setParameter("user", userId)
                .getResultStream()
                .map(row -> seen(row, Optional.empty()))
                .findFirst();
    }

    /** The same, and what a success under this nonce has to know. */
    Optional<Seen> look(RealmModel realm, String userId, String nonce) {
        return em.createQuery(
                        "select t.failures, t.lockedUntil, t.epoch, instant,"
                                + " (select count(e.id) from MfaEvidence e where e.nonce = :nonce),"
                                + " (select count(o.userId) from MfaRecoveryOffer o"
                                + " where o.realmId = t.realmId and o.userId = t.userId)"
                                + " from MfaThrottle t where t.realmId = :realm and t.userId = :user",
                        Object[].class)
                .setParameter("nonce", nonce)
                .setParameter("realm", realm.getId())
                .setParameter("user", userId)
                .getResultStream()
                .map(row -> seen(row, Optional.of(new Prior(nonce, (Long) row[4] > 0, (Long) row[5] > 0))))
                .findFirst();
    }

    private Seen seen(Object[] row, Optional<Prior> prior) {
        ThrottleState state = new ThrottleState((Integer) row[0], instant((Long) row[1]), (Long) row[2]);
        return new Seen(state, DatabaseClock.read(session, (Instant) row[3]), prior);
    }

    private static Optional<Instant> instant(@Nullable Long stored) {
        return Optional.ofNullable(stored).map(Instant::ofEpochMilli);
    }

    /**
     * The user's count, its row locked until the end of the transaction; made if it is the first attempt ever. The row is not
     * kept: what this transaction has read before need not be so any more, nor what this request knows of him.
     */
    ThrottleState locked(RealmModel realm, String userId) {
        waits();
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

    void write(RealmModel realm, String userId, ThrottleState state) {
        written(realm, userId, state, "").executeUpdate();
    }

    /** Writes a state in place of this one, and holds the row; false if the row says another one by now. */
    boolean moved(RealmModel realm, String userId, ThrottleState from, ThrottleState to) {
        String guard = " and t.failures = :was and t.epoch = :in and "
                + (from.lockedUntil().isPresent() ? "t.lockedUntil = :locked" : "t.lockedUntil is null");
        Query guarded = written(realm, userId, to, guard)
                .setParameter("was", from.failures())
                .setParameter("in", from.epoch());
        from.lockedUntil().ifPresent(until -> guarded.setParameter("locked", until.toEpochMilli()));
        return guarded.executeUpdate() == 1;
    }

    /** Whoever held the row until now may have changed what this request has read. */
    private void waits() {
        RequestMemory.of(session).forget();
    }

    private Query written(RealmModel realm, String userId, ThrottleState state, String guard) {
        waits();
        return em.createQuery(
                        "update MfaThrottle t set t.failures = :failures, t.lockedUntil = :until, t.epoch = :epoch"
                                + " where t.realmId = :realm and t.userId = :user" + guard)
                .setParameter("failures", state.failures())
                .setParameter(
                        "until", state.lockedUntil().map(Instant::toEpochMilli).orElse(null))
                .setParameter("epoch", state.epoch())
                .setParameter("realm", realm.getId())
                .setParameter("user", userId);
    }
}
