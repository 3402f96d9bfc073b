package io.sallyport.policy.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rules of one scope, each found by its most selective condition: of several it is the one whose values the fewest other
 * rules are found by. Immutable.
 */
final class Bucket {

    static final Bucket EMPTY = new Bucket(Map.of());

    private final Map<Key, List<PolicyRule>> byKey;

    private Bucket(Map<Key, List<PolicyRule>> byKey) {
        this.byKey = byKey;
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** Every rule that could match a sign-in with these keys, and few that can't; a rule may come twice. */
    void candidates(Set<Key> keys, Consumer<PolicyRule> to) {
        if (byKey.size() < keys.size()) {
            byKey.forEach((key, rules) -> {
                if (keys.contains(key)) {
                    rules.forEach(to);
                }
            });
        } else {
            keys.forEach(key -> byKey.getOrDefault(key, List.of()).forEach(to));
        }
    }

    /** The same without some rules and with others; lists that neither concerns are shared. */
    Bucket with(Collection<PolicyRule> removed, Collection<PolicyRule> added) {
        Map<Key, List<PolicyRule>> next = new HashMap<>(byKey);
        Set<String> gone = removed.stream().map(PolicyRule::id).collect(Collectors.toSet());
        removed.stream()
                .flatMap(rule -> Key.of(rule).stream())
                .flatMap(Set::stream)
                .distinct()
                .forEach(key -> next.computeIfPresent(key, (k, rules) -> without(rules, gone)));
        Map<Key, List<PolicyRule>> grown = new HashMap<>();
        for (PolicyRule rule : added) {
            for (Key key : mostSelective(rule, next)) {
                List<PolicyRule> rules =
                        grown.computeIfAbsent(key, k -> new ArrayList<>(next.getOrDefault(k, List.of())));
                rules.add(rule);
                next.put(key, rules);
            }
        }
        return next.isEmpty() ? EMPTY : new Bucket(next);
    }

    private static @Nullable List<PolicyRule> without(List<PolicyRule> rules, Set<String> gone) {
        List<PolicyRule> rest =
                rules.stream().filter(rule -> !gone.contains(rule.id())).toList();
        return rest.isEmpty() ? null : rest;
    }

    private static Set<Key> mostSelective(PolicyRule rule, Map<Key, List<PolicyRule>> rules) {
        List<Set<Key>> choices = Key.of(rule);
        return choices.size() == 1
                ? choices.get(0)
                : choices.stream()
                        .min(Comparator.<Set<Key>>comparingInt(keys -> longest(keys, rules))
                                .thenComparingInt(Set::size))
                        .orElseThrow();
    }

    private static int longest(Set<Key> keys, Map<Key, List<PolicyRule>> rules) {
        return keys.stream()
                .mapToInt(key -> rules.getOrDefault(key, List.of()).size())
                .max()
                .orElse(0);
    }
}
