package io.sallyport.population.coverage;

import io.sallyport.policy.Grace;
import io.sallyport.policy.rules.Condition;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.RuleIndex;
import io.sallyport.policy.rules.Scope;
import io.sallyport.policy.store.RuleStore;
import io.sallyport.population.Structure.Named;
import io.sallyport.provider.RealmCache;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.models.RealmModel;

/**
 * The rules about more than one user, ready to be asked; kept beside the realm as long as the policy's revision is theirs.
 *
 * @param byId by their ids
 * @param index indexed
 * @param named what they name
 * @param exempting what those of them name that are exceptions
 * @param graces the graces that they give
 */
record KnownRules(
        long revision,
        Map<String, PolicyRule> byId,
        RuleIndex index,
        Named named,
        Named exempting,
        List<Grace> graces) {

    private static final String NOTE = "sallyport.coverage.rules";

    static KnownRules of(RealmModel realm, RuleStore store) {
        long revision = store.revision();
        return RealmCache.get(
                realm, NOTE, KnownRules.class, known -> known.revision() == revision, () -> read(revision, store));
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
                        .toList());
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
