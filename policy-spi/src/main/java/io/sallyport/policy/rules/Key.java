package io.sallyport.policy.rules;

import io.sallyport.policy.Network;
import io.sallyport.policy.NetworkAddress;
import io.sallyport.policy.SignInFacts;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a rule is looked up by: one value of one of its conditions, such as a client. */
sealed interface Key {

    /** One value of a condition that names things. */
    record Named(Kind kind, String name) implements Key {}

    /** One range of addresses. */
    record Block(NetworkAddress first, int bits) implements Key {}

    /** What every sign-in has, for rules without a condition to look them up by. */
    record Always() implements Key {}

    /** The conditions that name things. */
    enum Kind {
        CLIENT,
        PROVIDER,
        ROLE
    }

    /** The keys of which a sign-in must have one for the condition to hold; empty if the condition has none. */
    static Set<Key> of(Condition condition) {
        if (condition instanceof Condition.IsClient client) {
            return keys(client.anyOf(), name -> new Named(Kind.CLIENT, name));
        }
        if (condition instanceof Condition.CameBy provider) {
            return keys(provider.anyOf(), name -> new Named(Kind.PROVIDER, name));
        }
        if (condition instanceof Condition.HasRole role) {
            return keys(role.anyOf(), name -> new Named(Kind.ROLE, name));
        }
        if (condition instanceof Condition.Inside inside) {
            return keys(inside.anyOf(), Key::of);
        }
        return Set.of();
    }

    /** For each condition of the rule that has keys these; for a rule without any the one that every sign-in has. */
    static List<Set<Key>> of(PolicyRule rule) {
        List<Set<Key>> keys = rule.when().stream()
                .map(Key::of)
                .filter(some -> !some.isEmpty())
                .toList();
        return keys.isEmpty() ? List.of(Set.of(new Always())) : keys;
    }

    /** The keys of a sign-in, of ranges only those of the given prefix lengths. */
    static Set<Key> of(SignInFacts facts, Set<Integer> prefixLengths) {
        Set<Key> keys = new HashSet<>();
        keys.add(new Always());
        keys.add(new Named(Kind.CLIENT, facts.clientId()));
        facts.identityProvider().ifPresent(alias -> keys.add(new Named(Kind.PROVIDER, alias)));
        facts.roles().forEach(role -> keys.add(new Named(Kind.ROLE, role)));
        facts.address()
                .ifPresent(address -> prefixLengths.stream()
                        .filter(bits -> bits <= address.bits())
                        .forEach(bits -> keys.add(new Block(address.prefix(bits), bits))));
        return keys;
    }

    private static Key of(Network network) {
        return new Block(network.first(), network.bits());
    }

    private static <T> Set<Key> keys(Collection<T> values, Function<T, Key> key) {
        return values.stream().map(key).collect(Collectors.toUnmodifiableSet());
    }
}
