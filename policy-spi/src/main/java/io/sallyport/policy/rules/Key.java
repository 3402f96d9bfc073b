package io.sallyport.policy.rules;

import io.sallyport.policy.Network;
import io.sallyport.policy.NetworkAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a rule is looked up by: one value of one of its conditions, such as a client. */
sealed interface Key {

    /** One name of a condition, or of the tenant in which a group's rule counts. */
    record Named(Kind kind, String name) implements Key {}

    /** One range of addresses. */
    record Block(NetworkAddress first, int bits) implements Key {}

    /** What every sign-in has, for rules without a condition to look them up by. */
    record Always() implements Key {}

    /** What is named. */
    enum Kind {
        TENANT(2),
        CLIENT(1),
        PROVIDER(1),
        ROLE(10);

        /** So many of them a sign-in has, more or less. */
        private final int usual;

        Kind(int usual) {
            this.usual = usual;
        }
    }

    /** So many keys of this kind a sign-in has, more or less: the fewer, the rarer are its rules looked at. */
    default int usual() {
        return this instanceof Named named ? named.kind().usual : 1;
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
        List<Set<Key>> keys = new ArrayList<>();
        if (rule.scope() instanceof Scope.Group group) {
            group.organization().ifPresent(tenant -> keys.add(Set.of(new Named(Kind.TENANT, tenant))));
        }
        rule.when().stream().map(Key::of).filter(some -> !some.isEmpty()).forEach(keys::add);
        return keys.isEmpty() ? List.of(Set.of(new Always())) : keys;
    }

    private static Key of(Network network) {
        return new Block(network.first(), network.bits());
    }

    private static <T> Set<Key> keys(Collection<T> values, Function<T, Key> key) {
        return values.stream().map(key).collect(Collectors.toUnmodifiableSet());
    }
}
