package io.sallyport.policy.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.policy.address.StrictAddresses;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
     * Puts these rules in place of all rules of the realm. A rule that says the same as before, about the same people,
     * stays as it is, with its version and age; one that can't be read any more is replaced.
     *
     * @return whether anything changed
     */
    public boolean replaceAll(RealmModel realm, List<PolicyRule> rules, Optional<String> actor) {
        Map<Object, RuleRow> gone = new HashMap<>();
        em.createNamedQuery("mfaRulesOfRealm", RuleRow.class)
                .setParameter("realm", realm.getId())
                .getResultStream()
                .forEach(row -> gone.put(identity(row), row));
        long now = DatabaseClock.now(em).toEpochMilli();
        List<RuleRow> added = new ArrayList<>();
        boolean changed = false;
        for (PolicyRule rule : rules) {
            RuleRow before = gone.remove(identity(rule));
            String document = write(rule);
            if (before == null) {
                added.add(new RuleRow(rule.id(), realm.getId(), owner(rule), document, actor.orElse(null), now));
            } else if (!content(read(before)).equals(content(rule))) {
                before.become(document, now);
                changed = true;
            }
        }
        gone.values().forEach(em::remove);
        em.flush(); // a new rule may have the id of one that goes
        added.forEach(em::persist);
        em.flush();
        return changed || !gone.isEmpty() || !added.isEmpty();
    }

    /** There is one rule for a scope and its conditions; a row that can't be read is nobody's. */
    private static Object identity(RuleRow row) {
        try {
            return identity(read(row));
        } catch (RuntimeException unreadable) {
            return row;
        }
    }

    private static Object identity(PolicyRule rule) {
        return List.of(rule.scope(), rule.when());
    }

    private static @Nullable String owner(PolicyRule rule) {
        return rule.scope() instanceof Scope.User user ? user.user() : null;
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

    /** What a rule says, without the id that a document without ids gets anew each time. */
    private static Map<String, Object> content(PolicyRule rule) {
        Map<String, Object> content = new LinkedHashMap<>(RuleWriter.write(rule));
        content.keySet().removeAll(List.of("id", "version"));
        return content;
    }

    private static PolicyRule read(RuleRow row) {
        try {
            Map<?, ?> rule = JSON.readValue(row.document(), Map.class);
            return PolicyDocument.parse(Map.of("rules", List.of(rule)), Directory.ofIds(StrictAddresses::network))
                    .get(0)
                    .stored(row.version(), Instant.ofEpochMilli(row.changedAt()));
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
