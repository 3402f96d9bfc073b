package io.sallyport.verify;

import io.sallyport.policy.Method;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
        RequestMemory memory = RequestMemory.of(session);
        memory.forget();
        memory.begun().remove(binding.nonce());
        Prior.of(session, realm, userId)
                .filter(prior -> !prior.proved() && prior.nonce().equals(binding.nonce()))
                .ifPresent(prior -> {
                    Prior.leave(Optional.of(prior.proving()), session, realm, userId);
                    memory.evidence().put(key(realm, userId, binding), List.of(evidence));
                });
    }

    /** Nothing can be proved under a nonce that was made just now, but by the request that made it. */
    static void begins(KeycloakSession session, String nonce) {
        RequestMemory.of(session).begun().add(nonce);
    }

    private static List<String> key(RealmModel realm, String userId, SessionBinding binding) {
        return List.of(realm.getId(), userId, binding.nonce());
    }

    /** The evidence of this user in this session, newest first; read once for each request, unless it changes it. */
    List<Evidence> find(RealmModel realm, String userId, SessionBinding binding) {
        RequestMemory memory = RequestMemory.of(session);
        if (memory.begun().contains(binding.nonce())) {
            return List.of();
        }
        List<Evidence> known = memory.evidence().get(key(realm, userId, binding));
        if (known != null) {
            return known;
        }
        List<Evidence> read = read(realm, userId, binding);
        memory.evidence().put(key(realm, userId, binding), read);
        return read;
    }

    /** With the clock and the lock; from the realm's own row, so that they come also without evidence. */
    private List<Evidence> read(RealmModel realm, String userId, SessionBinding binding) {
        List<Object[]> rows = em.createQuery(
                        "select e, t.lockedUntil, instant from RealmEntity r"
                                + " left join MfaThrottle t on t.realmId = :realm and t.userId = :user"
                                + " left join MfaEvidence e on e.realmId = :realm and e.userId = :user"
                                + " and e.nonce = :nonce where r.id = :realm order by e.verifiedAt desc",
                        Object[].class)
                .setParameter("nonce", binding.nonce())
                .setParameter("user", userId)
                .setParameter("realm", realm.getId())
                .getResultList();
        rows.stream().limit(1).forEach(row -> Footing.saw(session, realm, userId, (Long) row[1], (Instant) row[2]));
        return rows.stream()
                .flatMap(row -> Stream.ofNullable((EvidenceRow) row[0]))
                .map(EvidenceRow::evidence)
                .toList();
    }

    Instant now() {
        return DatabaseClock.now(session);
    }

    void forget(String realmId, String userId, Method method) {
        RequestMemory.of(session).forget();
        em.createQuery("delete from MfaEvidence e where e.realmId = :realm and e.userId = :user and e.method = :method")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("method", method)
                .executeUpdate();
    }

    void forgetUser(String realmId, String userId) {
        RequestMemory.of(session).forget();
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
