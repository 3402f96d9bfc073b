package io.sallyport.policy.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.policy.rules.Directory;
import io.sallyport.policy.rules.InvalidPolicy;
import io.sallyport.policy.rules.PolicyDocument;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.RuleWriter;
import io.sallyport.policy.rules.Scope;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The rules of a realm in the table {@code MFA_POLICY_RULE}. */
public final class RuleStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_DOCUMENT = 4000;

    private final EntityManager em;

    /** The store in the session's transaction. */
    public RuleStore(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The rules that can matter for a user: his own and those about more than one user. */
    public List<PolicyRule> rulesFor(RealmModel realm, String userId) {
        return em.createNamedQuery("mfaRulesForUser", RuleRow.class)
                .setParameter("realm", realm.getId())
                .setParameter("user", userId)
                .getResultStream()
                .map(RuleStore::read)
                .toList();
    }

    /**
     * Puts these rules in place of all rules of the realm.
     *
     * @return whether anything changed
     */
    public boolean replaceAll(RealmModel realm, List<PolicyRule> rules, Optional<String> actor) {
        List<RuleRow> before = em.createNamedQuery("mfaRulesOfRealm", RuleRow.class)
                .setParameter("realm", realm.getId())
                .getResultList();
        if (contents(before.stream().map(RuleStore::read).toList()).equals(contents(rules))) {
            return false;
        }
        before.forEach(em::remove);
        em.flush();
        long now = DatabaseClock.now(em).toEpochMilli();
        for (PolicyRule rule : rules) {
            String user = rule.scope() instanceof Scope.User one ? one.user() : null;
            em.persist(new RuleRow(rule.id(), realm.getId(), user, write(rule), actor.orElse(null), now));
        }
        em.flush();
        return true;
    }

    /** Forgets the rules of a realm that is being removed. */
    public void forgetRealm(String realmId) {
        em.createQuery("delete from MfaRule r where r.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    /** Forgets the rules about a user who is being removed. */
    public void forgetUser(String realmId, String userId) {
        em.createQuery("delete from MfaRule r where r.realmId = :realm and r.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** What rules say, without the ids that a document without ids gets anew each time. */
    private static List<Map<String, Object>> contents(List<PolicyRule> rules) {
        return rules.stream()
                .map(rule -> {
                    Map<String, Object> content = new LinkedHashMap<>(RuleWriter.write(rule));
                    content.keySet().removeAll(List.of("id", "version"));
                    return content;
                })
                .sorted(Comparator.comparing(Map::toString))
                .toList();
    }

    private static PolicyRule read(RuleRow row) {
        try {
            Map<?, ?> rule = JSON.readValue(row.document(), Map.class);
            return PolicyDocument.parse(Map.of("rules", List.of(rule)), Directory.ofIds())
                    .get(0)
                    .stored(row.version(), Instant.ofEpochMilli(row.createdAt()));
        } catch (IOException broken) {
            throw new UncheckedIOException("policy rule " + row.id() + " is no JSON", broken);
        }
    }

    private static String write(PolicyRule rule) {
        try {
            String document = JSON.writeValueAsString(RuleWriter.write(rule));
            if (document.length() > MAX_DOCUMENT) {
                throw new InvalidPolicy(List.of("rule " + rule.name() + ": has " + document.length()
                        + " characters, want at most " + MAX_DOCUMENT));
            }
            return document;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of texts are always JSON", impossible);
        }
    }
}
