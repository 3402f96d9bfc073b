package io.sallyport.verify;

import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Limits what applications ask for in the name of one user, over all of them and all nodes; pages are not counted. */
public final class CallRate {

    private final EntityManager em;

    /** The rates in the session's transaction. */
    CallRate(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** What is counted apart, and how often it may be asked for in a minute. */
    public enum Kind {
        /** Each is a row, and many ask the user for something. */
        CHALLENGE(30),
        ENROLL(10),
        /** Each is a mail to the user. */
        RECOVERY_CODES(10);

        private final int most;

        Kind(int most) {
            this.most = most;
        }

        int most() {
            return most;
        }
    }

    /**
     * Counts a call, committed whatever becomes of it; call it before any SQL of the request. A locked user's is not counted:
     * he is told that he is locked.
     *
     * @return when the next may be made, if this is one too many
     */
    public static Optional<Instant> count(KeycloakSession session, RealmModel realm, String userId, Kind kind) {
        return OwnTransaction.call(
                session,
                own -> new Throttle(own).lockedUntil(realm, userId).isPresent()
                        ? Optional.empty()
                        : new CallRate(own).call(new CallRateRow.Key(realm.getId(), userId, kind)));
    }

    private Optional<Instant> call(CallRateRow.Key key) {
        CallRateRow row = em.find(CallRateRow.class, key);
        if (row == null) {
            row = new CallRateRow(key);
            em.persist(row);
            em.flush();
        } else {
            em.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        }
        return row.call(DatabaseClock.now(em));
    }

    void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaCallRate c where c.realmId = :realm and c.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void forgetRealm(String realmId) {
        em.createQuery("delete from MfaCallRate c where c.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
