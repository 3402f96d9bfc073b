package io.sallyport.verify;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What a page has to know of a user before he is asked for anything: whether he is locked, and what he has beside his
 * factors. One statement reads it for a whole request, unless {@linkplain RequestMemory it waits}. It decides what is shown
 * and whether what was proved leads on; what is accepted is decided where it is counted and spent.
 *
 * @param lockedUntil end of the lock; absent if there is none
 * @param codes whether a recovery code is left
 * @param pass whether a temporary pass is open
 */
record Footing(Optional<Instant> lockedUntil, boolean codes, boolean pass) {

    /** As this request knows it. */
    static Footing of(KeycloakSession session, RealmModel realm, String userId) {
        return RequestMemory.of(session)
                .footings()
                .computeIfAbsent(RequestMemory.key(realm, userId), unread -> read(session, realm, userId));
    }

    /** The methods, beside those enrolled, that open the way to enrolling a factor. */
    Set<Method> lastResorts(KeycloakSession session, RealmModel realm, UserModel user) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        if (codes) {
            methods.add(Method.RECOVERY_CODE);
        }
        if (pass) {
            methods.add(Method.TEMPORARY_PASS);
        }
        new SecondFactors(session)
                .of(Method.EMAIL_CODE)
                .filter(email -> !email.enrollments(realm, user).isEmpty())
                .ifPresent(email -> methods.add(Method.EMAIL_CODE));
        return Collections.unmodifiableSet(methods);
    }

    /** Something else has read the lock along. */
    static void saw(
            KeycloakSession session, RealmModel realm, String userId, @Nullable Long lockedUntil, Instant instant) {
        RequestMemory.of(session)
                .locks()
                .put(RequestMemory.key(realm, userId), lock(lockedUntil, DatabaseClock.read(session, instant)));
    }

    /** The lock as this request knows it. */
    static Optional<Instant> lock(KeycloakSession session, RealmModel realm, String userId) {
        Optional<Instant> seen = RequestMemory.of(session).locks().get(RequestMemory.key(realm, userId));
        return seen == null ? of(session, realm, userId).lockedUntil() : seen;
    }

    /** The time of the database; if it is not known yet, what a page will need is read along. */
    static Instant now(KeycloakSession session, RealmModel realm, String userId) {
        if (DatabaseClock.known(session).isEmpty()) {
            of(session, realm, userId);
        }
        return DatabaseClock.now(session);
    }

    private static Footing read(KeycloakSession session, RealmModel realm, String userId) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Object[] row = em.createQuery(
                        "select instant,"
                                + " (select t.lockedUntil from MfaThrottle t where t.realmId = :realm and t.userId = :user),"
                                + " (select count(c.id) from MfaRecoveryCode c where c.realmId = :realm and c.userId = :user"
                                + " and c.used = false and c.enrollmentId is null),"
                                + " (select max(p.expiresAt) from MfaPass p where p.realmId = :realm and p.userId = :user"
                                + " and p.usedAt is null)",
                        Object[].class)
                .setParameter("realm", realm.getId())
                .setParameter("user", userId)
                .getSingleResult();
        Instant now = DatabaseClock.read(session, (Instant) row[0]);
        return new Footing(
                lock((Long) row[1], now),
                row[2] instanceof Long left && left > 0,
                lock((Long) row[3], now).isPresent());
    }

    private static Optional<Instant> lock(@Nullable Long until, Instant now) {
        return Optional.ofNullable(until).map(Instant::ofEpochMilli).filter(now::isBefore);
    }
}
