package io.sallyport.policy.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;

/** Lets one edit of what a realm's administrators decide go after the other: its policy, its actions, its settings. */
public final class PolicyLock {

    private PolicyLock() {}

    /**
     * Waits for an edit in progress and holds the realm's revision until the transaction ends.
     *
     * @throws PolicyConflict if it waits in vain
     */
    static RevisionRow take(EntityManager em, String realmId) {
        RevisionRow locked = lock(em, realmId);
        // rows that an older version wrote get the hash that duplicates are found by
        em.createQuery("select r from MfaRule r where r.realmId = :realm and r.identityHash is null", RuleRow.class)
                .setParameter("realm", realmId)
                .getResultList()
                .forEach(RuleRow::takeIdentity);
        return locked;
    }

    /**
     * Waits for an edit in progress and holds others off until the transaction ends. What was read before is stale.
     *
     * @throws PolicyConflict if it waits in vain
     */
    public static void hold(KeycloakSession session, RealmModel realm) {
        lock(session.getProvider(JpaConnectionProvider.class).getEntityManager(), realm.getId());
    }

    private static RevisionRow lock(EntityManager em, String realmId) {
        try {
            RevisionRow known = em.find(RevisionRow.class, realmId, LockModeType.PESSIMISTIC_WRITE);
            if (known != null) {
                em.refresh(known); // this transaction may have read it before the lock
                return known;
            }
            RevisionRow first = new RevisionRow(realmId, UUID.randomUUID().toString());
            em.persist(first);
            em.flush();
            return first;
        } catch (PersistenceException | ModelException waitedInVain) {
            throw PolicyConflict.busy(waitedInVain);
        }
    }
}
