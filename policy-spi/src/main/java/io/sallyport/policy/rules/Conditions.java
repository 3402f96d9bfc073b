package io.sallyport.policy.rules;

import io.sallyport.policy.Network;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads the conditions of a rule; an unknown name is refused, because a condition that never holds disables its rule. */
final class Conditions {

    private static final Set<String> FIELDS =
            Set.of("roles", "clients", "identity_providers", "inside_networks", "outside_networks");

    private Conditions() {}

    static List<Condition> read(Node when, Directory directory) {
        List<Condition> conditions = new ArrayList<>();
        when.refuseUnknown(FIELDS);
        names(when, "roles", directory::hasRole, Condition.HasRole::new).ifPresent(conditions::add);
        names(when, "clients", directory::hasClient, Condition.IsClient::new).ifPresent(conditions::add);
        names(when, "identity_providers", directory::hasIdentityProvider, Condition.CameBy::new)
                .ifPresent(conditions::add);
        networks(when, "inside_networks", directory).map(Condition.Inside::new).ifPresent(conditions::add);
        networks(when, "outside_networks", directory)
                .map(Condition.Outside::new)
                .ifPresent(conditions::add);
        return conditions;
    }

    private static Optional<Condition> names(
            Node when, String field, Predicate<String> exists, Function<Set<String>, Condition> condition) {
        return when.texts(field).map(names -> {
            names.stream().filter(exists.negate()).forEach(name -> when.problem(field, "there is no " + name));
            return condition.apply(names);
        });
    }

    private static Optional<List<Network>> networks(Node when, String field, Directory directory) {
        return when.texts(field).flatMap(texts -> {
            Set<Network> networks = new LinkedHashSet<>();
            for (String text : texts) {
                Optional<Network> network = directory.network(text);
                if (network.isEmpty()) {
                    when.problem(field, text + " is no range in CIDR form with zero bits after the prefix");
                } else if (!networks.add(network.get())) {
                    when.problem(field, text + " stands twice");
                }
            }
            return Optional.of(List.copyOf(networks)).filter(some -> !some.isEmpty());
        });
    }
}
