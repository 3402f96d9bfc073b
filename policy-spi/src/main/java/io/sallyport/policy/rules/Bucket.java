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
 * Rules of one group, of one tenant or of all, each found by its most selective condition: of several it is the one
 * that brings the fewest sign-ins to the fewest rules. Immutable.
 */
final class Bucket {

    /** Up to here an unmodifiable copy is the denser map; there may be thousands of such buckets. */
    private static final int FEW = 8;

    static final Bucket EMPTY = new Bucket(Map.of());

    private final Map<Key, List<PolicyRule>> byKey;
    /** Of all keys if they are few, else none. */
    private final int[] hashCodes;

    private Bucket(Map<Key, List<PolicyRule>> byKey) {
        this.byKey = byKey;
        this.hashCodes = byKey.size() <= FEW
                ? byKey.keySet().stream().mapToInt(Key::hashCode).toArray()
                : new int[0];
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** Every rule that could match a sign-in with these keys, and few that can't; a rule may come twice. */
    void candidates(Keys keys, Consumer<PolicyRule> to) {
        if (hashCodes.length > 0 && !keys.mayContain(hashCodes)) {
            return;
        }
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
        grown.forEach((key, rules) -> next.put(key, List.copyOf(rules)));
        return new Bucket(next.size() <= FEW ? Map.copyOf(next) : next);
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
                        .min(Comparator.<Set<Key>>comparingInt(keys -> crowd(keys, rules))
                                .thenComparingInt(Set::size))
                        .orElseThrow();
    }

    /** How many rules a sign-in may have to look at because of one more that these keys lead to. */
    private static int crowd(Set<Key> keys, Map<Key, List<PolicyRule>> rules) {
        return keys.stream()
                .mapToInt(key ->
                        key.usual() * (1 + rules.getOrDefault(key, List.of()).size()))
                .max()
                .orElse(0);
    }
}
