package io.sallyport.factor.recovery;

import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The links that users were mailed to new recovery codes, in the table {@code MFA_RECOVERY_LINK}. A link proves nothing: it
 * says that there is something to do, once, until its time. Whatever makes the codes of before void ends it, too.
 */
public final class RecoveryLinks {

    private final EntityManager em;

    /** The links in the session's transaction. */
    public RecoveryLinks(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * A link as it was made.
     *
     * @param id of this one link
     * @param until when it ends
     */
    public record Link(String id, Instant until) {}

    /** A new link in place of the one before, and of codes that waited behind that. */
    public Link issue(String realmId, String userId, Duration life) {
        forget(
                "MfaRecoveryCode",
                " and c.enrollmentId in (select l.linkId from MfaRecoveryLink l"
                        + " where l.realmId = :realm and l.userId = :user)",
                realmId,
                userId);
        forget("MfaRecoveryLink", "", realmId, userId);
        Link link = new Link(UUID.randomUUID().toString(), DatabaseClock.now(em).plus(life));
        em.persist(new RecoveryLinkRow(realmId, userId, link.id(), link.until().toEpochMilli()));
        em.flush();
        return link;
    }

    /** Whether it is the user's last one, not used, and not over. */
    public boolean isOpen(String realmId, String userId, String linkId) {
        return any(found(" and l.expiresAt > :now", realmId, userId, linkId)
                .setParameter("now", DatabaseClock.now(em).toEpochMilli()));
    }

    /** Whether it is the user's last one and not used: whoever was shown his codes in time may take his time to keep them. */
    public boolean isUnused(String realmId, String userId, String linkId) {
        return any(found("", realmId, userId, linkId));
    }

    private TypedQuery<String> found(String more, String realmId, String userId, String linkId) {
        return em.createQuery(
                        "select l.linkId from MfaRecoveryLink l where l.realmId = :realm and l.userId = :user"
                                + " and l.linkId = :link" + more,
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("link", linkId);
    }

    private static boolean any(TypedQuery<String> found) {
        return !found.getResultList().isEmpty();
    }

    private void forget(String table, String more, String realmId, String userId) {
        em.createQuery("delete from " + table + " c where c.realmId = :realm and c.userId = :user" + more)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }
}
