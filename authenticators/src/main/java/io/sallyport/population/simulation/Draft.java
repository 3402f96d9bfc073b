package io.sallyport.population.simulation;

import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.Scope;
import io.sallyport.policy.rules.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an administrator thinks of doing to the policy. */
public sealed interface Draft {

    /** The rules that he wrote, or means. */
    List<PolicyRule> rules();

    /** The shared rules as they would be. */
    List<PolicyRule> shared(List<PolicyRule> stored);

    /** The rules about this user as they would be. */
    List<PolicyRule> own(String user, List<PolicyRule> stored);

    /** Another policy altogether. */
    record Whole(List<PolicyRule> rules) implements Draft {
        public Whole {
            rules = List.copyOf(rules);
        }

        @Override
        public List<PolicyRule> shared(List<PolicyRule> stored) {
            return rules.stream().filter(rule -> !isOwn(rule)).toList();
        }

        @Override
        public List<PolicyRule> own(String user, List<PolicyRule> stored) {
            return rules.stream().filter(rule -> isAbout(rule, user)).toList();
        }
    }

    /** One rule, in place of the one with its id or with its scope and conditions. */
    record OneRule(PolicyRule rule) implements Draft {
        @Override
        public List<PolicyRule> rules() {
            return List.of(rule);
        }

        @Override
        public List<PolicyRule> shared(List<PolicyRule> stored) {
            return with(!isOwn(rule), stored);
        }

        @Override
        public List<PolicyRule> own(String user, List<PolicyRule> stored) {
            return with(isAbout(rule, user), stored);
        }

        private List<PolicyRule> with(boolean here, List<PolicyRule> stored) {
            Stream<PolicyRule> others = stored.stream()
                    .filter(other ->
                            !other.id().equals(rule.id()) && !other.identity().equals(rule.identity()));
            return Stream.concat(others, here ? Stream.of(rule) : Stream.empty())
                    .toList();
        }
    }

    /** A stored rule, deleted, whatever there still is of what it names. */
    record Deleted(PolicyRule rule) implements Draft {
        @Override
        public List<PolicyRule> rules() {
            return List.of(rule);
        }

        @Override
        public List<PolicyRule> shared(List<PolicyRule> stored) {
            return without(stored);
        }

        @Override
        public List<PolicyRule> own(String user, List<PolicyRule> stored) {
            return without(stored);
        }

        private List<PolicyRule> without(List<PolicyRule> stored) {
            return stored.stream()
                    .filter(other -> !other.id().equals(rule.id()))
                    .toList();
        }
    }

    /** Stored rules that only report, enforced. */
    record Enforced(List<PolicyRule> rules) implements Draft {
        public Enforced {
            rules = List.copyOf(rules);
        }

        @Override
        public List<PolicyRule> shared(List<PolicyRule> stored) {
            return enforced(stored);
        }

        @Override
        public List<PolicyRule> own(String user, List<PolicyRule> stored) {
            return enforced(stored);
        }

        private List<PolicyRule> enforced(Collection<PolicyRule> stored) {
            Set<String> ids = rules.stream().map(PolicyRule::id).collect(Collectors.toSet());
            List<PolicyRule> would = new ArrayList<>();
            stored.forEach(rule -> would.add(ids.contains(rule.id()) ? rule.in(State.ENFORCED) : rule));
            return would;
        }
    }

    private static boolean isOwn(PolicyRule rule) {
        return rule.scope() instanceof Scope.User;
    }

    private static boolean isAbout(PolicyRule rule, String user) {
        return rule.scope() instanceof Scope.User own && own.user().equals(user);
    }
}
