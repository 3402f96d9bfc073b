package io.sallyport.population.coverage;

import io.sallyport.policy.Grace;
import io.sallyport.policy.Method;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.rules.Condition;
import io.sallyport.policy.rules.Demand;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.RuleIndex;
import io.sallyport.policy.rules.Scope;
import io.sallyport.policy.store.RuleStore;
import io.sallyport.population.Structure.Named;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.RealmCache;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The rules about more than one user, ready to be asked; kept beside the realm as long as the policy's revision is theirs.
 *
 * @param byId by their ids
 * @param index indexed
 * @param named what they name
 * @param exempting what those of them name that are exceptions
 * @param graces the graces that they give
 * @param own whether there are rules about single users, too
 */
record KnownRules(
        long revision,
        Map<String, PolicyRule> byId,
        RuleIndex index,
        Named named,
        Named exempting,
        List<Grace> graces,
        boolean own) {

    private static final String NOTE = "sallyport.coverage.rules";

    /** As they are now; the time of the database comes by the same statement. */
    static KnownRules of(KeycloakSession session, RealmModel realm, RuleStore store) {
        List<Object[]> found = session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                        "select v.revision, instant from MfaPolicyRevision v where v.realmId = :realm", Object[].class)
                .setParameter("realm", realm.getId())
                .getResultList();
        found.forEach(row -> DatabaseClock.read(session, (Instant) row[1]));
        long revision = found.isEmpty() ? 0 : (long) found.get(0)[0];
        return RealmCache.get(
                realm, NOTE, KnownRules.class, known -> known.revision() == revision, () -> read(revision, store));
    }

    /** The methods that each of them takes that asks for any. */
    Set<Method> acceptedByAll() {
        return Requirement.anyMethod().methods().stream()
                .filter(method -> byId.values().stream()
                        .map(PolicyRule::demand)
                        .filter(Demand::required)
                        .allMatch(demand -> demand.strength().accepts(method)
                                && demand.methods()
                                        .map(some -> some.contains(method))
                                        .orElse(true)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static KnownRules read(long revision, RuleStore store) {
        List<PolicyRule> rules = store.shared();
        return new KnownRules(
                revision,
                rules.stream().collect(Collectors.toUnmodifiableMap(PolicyRule::id, Function.identity())),
                RuleIndex.of(rules),
                named(rules),
                exempting(rules),
                rules.stream()
                        .flatMap(rule -> rule.demand().grace().stream())
                        .distinct()
                        .toList(),
                store.hasOwnRules());
    }

    /** By scope alone: conditions only make it fewer people. */
    private static Named exempting(List<PolicyRule> rules) {
        Named named =
                named(rules.stream().filter(rule -> !rule.demand().required()).toList());
        return new Named(named.groups(), named.organizations(), Set.of());
    }

    private static Named named(List<PolicyRule> rules) {
        Set<String> groups = new HashSet<>();
        Set<String> organizations = new HashSet<>();
        Set<String> roles = new HashSet<>();
        for (PolicyRule rule : rules) {
            rule.scope().tenant().ifPresent(organizations::add);
            if (rule.scope() instanceof Scope.Group group) {
                groups.add(group.group());
            }
            rule.when().stream()
                    .filter(Condition.HasRole.class::isInstance)
                    .forEach(role -> roles.addAll(role.values()));
        }
        return new Named(groups, organizations, roles);
    }
}
