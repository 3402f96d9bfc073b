package io.sallyport.policy.rules;

import io.sallyport.policy.SignInFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Rules of one scope, found by their most selective condition: a rule for one client is looked at only when that client
 * asks. Immutable.
 */
final class Bucket {

    private final Map<String, List<PolicyRule>> byClient;
    private final Map<String, List<PolicyRule>> byProvider;
    private final Map<String, List<PolicyRule>> byRole;
    private final List<PolicyRule> others;

    private Bucket(
            Map<String, List<PolicyRule>> byClient,
            Map<String, List<PolicyRule>> byProvider,
            Map<String, List<PolicyRule>> byRole,
            List<PolicyRule> others) {
        this.byClient = byClient;
        this.byProvider = byProvider;
        this.byRole = byRole;
        this.others = others;
    }

    static Bucket of(Collection<PolicyRule> rules) {
        Map<String, List<PolicyRule>> clients = new HashMap<>();
        Map<String, List<PolicyRule>> providers = new HashMap<>();
        Map<String, List<PolicyRule>> roles = new HashMap<>();
        List<PolicyRule> others = new ArrayList<>();
        for (PolicyRule rule : rules) {
            Selector selector = Selector.of(rule);
            Map<String, List<PolicyRule>> target = switch (selector.by()) {
                case CLIENT -> clients;
                case PROVIDER -> providers;
                case ROLE -> roles;
                case NOTHING -> Map.of();
            };
            if (selector.by() == Selector.By.NOTHING) {
                others.add(rule);
            }
            selector.keys()
                    .forEach(key ->
                            target.computeIfAbsent(key, k -> new ArrayList<>(1)).add(rule));
        }
        return new Bucket(clients, providers, roles, others);
    }

    /** Every rule that could match, and few that can't; a rule may come twice. */
    void candidates(SignInFacts facts, Consumer<PolicyRule> to) {
        others.forEach(to);
        byClient.getOrDefault(facts.clientId(), List.of()).forEach(to);
        facts.identityProvider()
                .ifPresent(alias -> byProvider.getOrDefault(alias, List.of()).forEach(to));
        if (!byRole.isEmpty()) {
            facts.roles().forEach(role -> byRole.getOrDefault(role, List.of()).forEach(to));
        }
    }

    /**
     * What a rule is found by.
     *
     * @param by the kind of condition
     * @param keys the values of that condition
     */
    private record Selector(By by, Set<String> keys) {

        enum By {
            CLIENT,
            PROVIDER,
            ROLE,
            NOTHING
        }

        static Selector of(PolicyRule rule) {
            Selector best = new Selector(By.NOTHING, Set.of());
            for (Condition condition : rule.when()) {
                Selector found = of(condition);
                if (found.by.compareTo(best.by) < 0) {
                    best = found;
                }
            }
            return best;
        }

        private static Selector of(Condition condition) {
            if (condition instanceof Condition.IsClient client) {
                return new Selector(By.CLIENT, client.anyOf());
            }
            if (condition instanceof Condition.CameBy provider) {
                return new Selector(By.PROVIDER, provider.anyOf());
            }
            if (condition instanceof Condition.HasRole role) {
                return new Selector(By.ROLE, role.anyOf());
            }
            return new Selector(By.NOTHING, Set.of());
        }
    }
}
