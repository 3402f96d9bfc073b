package io.sallyport.factor;

import io.sallyport.policy.Method;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * An enrollment as the application sees it that began it for its user.
 *
 * @param id id of the enrollment
 * @param method what kind of factor
 * @param status where in its life it is
 * @param isOver whether it was revoked, or waited too long for its first answer
 * @param label what the user wants it to be called; absent if he did not say
 * @param expiresAt when it has waited too long
 */
public record BegunEnrollment(
        String id, Method method, Status status, boolean isOver, Optional<String> label, Instant expiresAt) {

    /** The user's own of this id. */
    public static Optional<BegunEnrollment> find(KeycloakSession session, String realmId, String userId, String id) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Instant now = DatabaseClock.now(em);
        return em.createQuery(
                        "select e.id as id, e.method as method, e.status as status, e.label as label,"
                                + " e.expiresAt as expiresAt from MfaEnrollment e"
                                + " where e.id = :id and e.realmId = :realm and e.userId = :user",
                        Tuple.class)
                .setParameter("id", id)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .getResultStream()
                .map(row -> of(row, now))
                .findFirst();
    }

    private static BegunEnrollment of(Tuple row, Instant now) {
        Status status = row.get("status", Status.class);
        Instant expiresAt = Instant.ofEpochMilli(row.get("expiresAt", Long.class));
        return new BegunEnrollment(
                row.get("id", String.class),
                row.get("method", Method.class),
                status,
                status == Status.REVOKED || (status == Status.ENROLLED && !now.isBefore(expiresAt)),
                Optional.ofNullable(row.get("label", String.class)),
                expiresAt);
    }

    /** Keeps what the application calls it, and how its user does. */
    public static void describe(
            KeycloakSession session, String id, Optional<String> externalId, Optional<String> label) {
        session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery("update MfaEnrollment e set e.externalId = :external, e.label = :label where e.id = :id")
                .setParameter("external", externalId.orElse(null))
                .setParameter("label", label.orElse(null))
                .setParameter("id", id)
                .executeUpdate();
    }
}
