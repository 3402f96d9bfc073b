package io.sallyport.factor;

import io.sallyport.provider.KeycloakClock;
import jakarta.persistence.EntityManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

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

    private static final List<String> CREDENTIALS = List.of("CredentialEntity", "FederatedUserCredentialEntity");

    private final KeycloakSession session;

    /** The survey; it commits page by page, so that nobody waits for the whole of it. */
    public KeySurvey(KeycloakSession session) {
        this.session = session;
    }

    /** Remembers whatever key of the realm is not known; one that two have stays with whom it is known of while he has it. */
    public void run(RealmModel realm) {
        STORES.forEach(store -> {
            Optional<String> last = Optional.of(FIRST);
            while (last.isPresent()) {
                String after = last.get();
                last = apart(own -> remember(entities(own), realm.getId(), store, after));
            }
        });
        apart(own -> done(entities(own), realm));
    }

    /** For a realm that is being imported: its keys are known as they are stored, and all else waits for the import. */
    public void leaveOut(RealmModel realm) {
        done(entities(session), realm);
    }

    private static KeySurveyRow done(EntityManager em, RealmModel realm) {
        return em.merge(new KeySurveyRow(realm.getId(), KeycloakClock.now().toEpochMilli()));
    }

    /** Runs unless it did before. */
    void ensure(RealmModel realm) {
        if (!isDone(realm)) {
            run(realm);
        }
    }

    boolean isDone(RealmModel realm) {
        return entities(session).find(KeySurveyRow.class, realm.getId()) != null;
    }

    private <T> T apart(KeycloakSessionTaskWithResult<T> task) {
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(sessions, task);
        } catch (ModelDuplicateException other) {
            // the same page at the same moment on another node: what it stored is known now
            return KeycloakModelUtils.runJobInTransactionWithResult(sessions, task);
        }
    }

    private static EntityManager entities(KeycloakSession own) {
        return own.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Remembers the keys of one page; the id to go on after, absent after the last one. */
    private static Optional<String> remember(EntityManager em, String realmId, String store, String after) {
        List<Object[]> page = em.createQuery(store, Object[].class)
                .setParameter("realm", realmId)
                .setParameter("types", RealmKeys.TYPES)
                .setParameter("after", after)
                .setMaxResults(PAGE)
                .getResultList();
        Map<String, KnownKeyRow> found = new LinkedHashMap<>();
        page.forEach(stored -> StoredKeys.id((String) stored[2]).ifPresent(keyId -> {
            KnownKeyRow.Key key = KnownKeyRow.Key.of(realmId, keyId);
            found.putIfAbsent(key.keyHash(), new KnownKeyRow(key, (String) stored[1], (String) stored[0]));
        }));
        List<KnownKeyRow> known = known(em, realmId, found.keySet());
        Set<String> held = held(em, known);
        known.forEach(row -> {
            KnownKeyRow now = Objects.requireNonNull(found.remove(row.keyHash()));
            if (!held.contains(row.enrollmentId())) {
                row.passesTo(now);
            }
        });
        found.values().forEach(em::persist);
        em.flush();
        return page.isEmpty() ? Optional.empty() : Optional.of((String) page.get(page.size() - 1)[0]);
    }

    private static List<KnownKeyRow> known(EntityManager em, String realmId, Set<String> hashes) {
        return hashes.isEmpty()
                ? List.of()
                : em.createQuery(
                                "select k from MfaKey k where k.realmId = :realm and k.keyHash in (:hashes)",
                                KnownKeyRow.class)
                        .setParameter("realm", realmId)
                        .setParameter("hashes", hashes)
                        .getResultList();
    }

    /** Which of the enrollments that these rows name still have their credential. */
    private static Set<String> held(EntityManager em, List<KnownKeyRow> known) {
        List<String> named = known.stream().map(KnownKeyRow::enrollmentId).toList();
        return named.isEmpty()
                ? Set.of()
                : CREDENTIALS.stream()
                        .flatMap(store -> em.createQuery(
                                        "select c.id from " + store + " c where c.id in (:named)", String.class)
                                .setParameter("named", named)
                                .getResultStream())
                        .collect(Collectors.toUnmodifiableSet());
    }
}
