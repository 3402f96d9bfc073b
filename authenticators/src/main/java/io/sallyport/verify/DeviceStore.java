package io.sallyport.verify;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The rows of {@code MFA_DEVICE}. Whoever is let in updates his row first, and whoever ends trust deletes the row first: of two
 * who meet, the second one sees what the first one did.
 */
final class DeviceStore {

    private final EntityManager em;

    DeviceStore(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Those of one user, newest first. */
    List<DeviceRow> of(String realmId, String userId) {
        return em.createQuery(
                        "select d from MfaDevice d where d.realmId = :realm and d.userId = :user"
                                + " order by d.createdAt desc, d.id",
                        DeviceRow.class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .getResultList();
    }

    /** Adds one in place of what its cookie held before, and of those of the user that are over. */
    void add(DeviceRow row, String replacedHash, Instant now) {
        em.createQuery("delete from MfaDevice d where d.realmId = :realm and d.userId = :user"
                        + " and (d.tokenHash = :replaced or d.expiresAt <= :now)")
                .setParameter("realm", row.realmId())
                .setParameter("user", row.userId())
                .setParameter("replaced", replacedHash)
                .setParameter("now", now.toEpochMilli())
                .executeUpdate();
        em.persist(row);
        em.flush();
    }

    /** False if its trust was ended meanwhile. */
    boolean used(String id, Instant now) {
        return em.createQuery("update MfaDevice d set d.lastUsedAt = :now where d.id = :id")
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    /** False if it is not the user's. */
    boolean delete(String realmId, String userId, String id) {
        return em.createQuery("delete from MfaDevice d where d.realmId = :realm and d.userId = :user and d.id = :id")
                        .setParameter("realm", realmId)
                        .setParameter("user", userId)
                        .setParameter("id", id)
                        .executeUpdate()
                > 0;
    }

    int deleteAll(String realmId, String userId) {
        return em.createQuery("delete from MfaDevice d where d.realmId = :realm and d.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void forgetRealm(String realmId) {
        em.createQuery("delete from MfaDevice d where d.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
