package io.sallyport.factor;

import io.sallyport.policy.Method;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * What is on record about an enrollment, also about one that is over.
 *
 * @param id id of the enrollment
 * @param method what kind of factor
 * @param status where in its life it is
 * @param enrolledAt when it began
 * @param lastUsedAt when it was used last; absent if it never was
 * @param suspendedAt when too many failures suspended it; absent if none did
 * @param cloneSuspectedAt when its counter went back; absent if it never did
 */
public record EnrollmentRecord(
        String id,
        Method method,
        Status status,
        Instant enrolledAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> suspendedAt,
        Optional<Instant> cloneSuspectedAt) {

    /** All of one user, oldest first. */
    public static List<EnrollmentRecord> of(KeycloakSession session, String realmId, String userId) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return em.createQuery(
                        "select e.id as id, e.method as method, e.status as status, e.enrolledAt as enrolledAt,"
                                + " e.lastUsedAt as lastUsedAt, e.suspendedAt as suspendedAt,"
                                + " e.cloneSuspectedAt as cloneSuspectedAt from MfaEnrollment e"
                                + " where e.realmId = :realm and e.userId = :user order by e.enrolledAt, e.id",
                        Tuple.class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .getResultStream()
                .map(EnrollmentRecord::of)
                .toList();
    }

    private static EnrollmentRecord of(Tuple row) {
        return new EnrollmentRecord(
                row.get("id", String.class),
                row.get("method", Method.class),
                row.get("status", Status.class),
                Instant.ofEpochMilli(row.get("enrolledAt", Long.class)),
                time(row, "lastUsedAt"),
                time(row, "suspendedAt"),
                time(row, "cloneSuspectedAt"));
    }

    private static Optional<Instant> time(Tuple row, String column) {
        return Optional.ofNullable(row.get(column, Long.class)).map(Instant::ofEpochMilli);
    }
}
