package io.sallyport.factor;

import io.sallyport.provider.KeycloakClock;
import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Reads all keys of a realm from Keycloak's own tables (26.7), once: users of this database, and users of other stores
 * whose credentials are here. Scalars only and a page at a time, so that nothing piles up in the session.
 */
public final class KeySurvey {

    /** Before every id: a blank and not an empty text, which Oracle takes for no text at all. */
    private static final String FIRST = " ";

    private static final int PAGE = 500;

    private static final String KEYS = " and c.type in (:types) and c.id > :after order by c.id";

    private static final List<String> STORES = List.of(
            "select c.id, u.id, c.credentialData from CredentialEntity c join c.user u where u.realmId = :realm" + KEYS,
            "select c.id, c.userId, c.credentialData from FederatedUserCredentialEntity c where c.realmId = :realm"
                    + KEYS);

    private final EntityManager em;

    /** The survey in the session's transaction. */
    public KeySurvey(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Remembers whatever key of the realm is not known; one that two have stays with whom it is known of. */
    public void run(RealmModel realm) {
        STORES.forEach(store -> {
            List<Object[]> page = page(realm, store, FIRST);
            while (!page.isEmpty()) {
                remember(realm, page);
                page = page(realm, store, (String) page.get(page.size() - 1)[0]);
            }
        });
        em.merge(new KeySurveyRow(realm.getId(), KeycloakClock.now().toEpochMilli()));
    }

    /** Runs unless it did before. */
    void ensure(RealmModel realm) {
        if (em.find(KeySurveyRow.class, realm.getId()) == null) {
            run(realm);
        }
    }

    private List<Object[]> page(RealmModel realm, String store, String after) {
        return em.createQuery(store, Object[].class)
                .setParameter("realm", realm.getId())
                .setParameter("types", RealmKeys.TYPES)
                .setParameter("after", after)
                .setMaxResults(PAGE)
                .getResultList();
    }

    private void remember(RealmModel realm, List<Object[]> page) {
        Map<String, KnownKeyRow> found = new LinkedHashMap<>();
        page.forEach(stored -> StoredKeys.id((String) stored[2]).ifPresent(keyId -> {
            KnownKeyRow.Key key = KnownKeyRow.Key.of(realm, keyId);
            found.putIfAbsent(key.keyHash(), new KnownKeyRow(key, (String) stored[1], (String) stored[0]));
        }));
        found.keySet().removeAll(known(realm, found.keySet()));
        found.values().forEach(em::persist);
        em.flush();
        found.values().forEach(em::detach);
    }

    private Set<String> known(RealmModel realm, Set<String> hashes) {
        return hashes.isEmpty()
                ? Set.of()
                : new HashSet<>(em.createQuery(
                                "select k.keyHash from MfaKey k where k.realmId = :realm and k.keyHash in (:hashes)",
                                String.class)
                        .setParameter("realm", realm.getId())
                        .setParameter("hashes", hashes)
                        .getResultList());
    }
}
