package io.sallyport.verify;

import io.sallyport.policy.Method;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The evidence of sessions, in the table {@code MFA_EVIDENCE}. */
final class EvidenceStore {

    private final KeycloakSession session;
    private final EntityManager em;

    EvidenceStore(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    void add(RealmModel realm, String userId, SessionBinding binding, Evidence evidence, Optional<String> client) {
        EvidenceRow row = new EvidenceRow(UUID.randomUUID().toString(), realm.getId(), userId, binding, evidence);
        row.from(client.orElse(null));
        em.persist(row);
        em.flush();
    }

    /** The evidence of this user in this session, newest first. */
    List<Evidence> find(RealmModel realm, String userId, SessionBinding binding) {
        return em.createQuery(
                        "select e from MfaEvidence e where e.nonce = :nonce and e.userId = :user and e.realmId = :realm"
                                + " order by e.verifiedAt desc",
                        EvidenceRow.class)
                .setParameter("nonce", binding.nonce())
                .setParameter("user", userId)
                .setParameter("realm", realm.getId())
                .getResultStream()
                .map(EvidenceRow::evidence)
                .toList();
    }

    Instant now() {
        return DatabaseClock.now(session);
    }

    void forget(String realmId, String userId, Method method) {
        em.createQuery("delete from MfaEvidence e where e.realmId = :realm and e.userId = :user and e.method = :method")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("method", method)
                .executeUpdate();
    }

    void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaEvidence e where e.realmId = :realm and e.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void forgetRealm(String realmId) {
        em.createQuery("delete from MfaEvidence e where e.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
