package io.sallyport.verify;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The waivers of sessions, in the table {@code MFA_WAIVER}; those that are over stay, and tell what a session lived on. */
final class WaiverStore {

    private final EntityManager em;

    WaiverStore(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    void add(String realmId, String userId, SessionBinding binding, DecidingRules rules, Waiver waiver, Instant now) {
        em.persist(new WaiverRow(UUID.randomUUID().toString(), realmId, userId, binding, rules, waiver, now));
        em.flush();
    }

    /** All that this user was given in this session, also those that are over. */
    List<WaiverRow> find(String realmId, String userId, SessionBinding binding) {
        return em.createQuery(
                        "select w from MfaWaiver w where w.nonce = :nonce and w.userId = :user and w.realmId = :realm",
                        WaiverRow.class)
                .setParameter("nonce", binding.nonce())
                .setParameter("user", userId)
                .setParameter("realm", realmId)
                .getResultList();
    }

    /** Ends what trusted browsers let this user into. */
    void endTrust(String realmId, String userId) {
        em.createQuery("delete from MfaWaiver w where w.realmId = :realm and w.userId = :user and w.kind = :kind")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("kind", Waiver.Kind.TRUSTED_DEVICE)
                .executeUpdate();
    }

    void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaWaiver w where w.realmId = :realm and w.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void forgetRealm(String realmId) {
        em.createQuery("delete from MfaWaiver w where w.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
