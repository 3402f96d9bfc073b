package io.sallyport.policy.rules;

import io.sallyport.policy.Network;
import io.sallyport.policy.NetworkAddress;
import io.sallyport.policy.SignInFacts;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One "when" of a rule; a rule whose conditions do not all hold is skipped, as if absent. */
public sealed interface Condition {

    /** Whether the sign-in fulfils the condition. */
    boolean holds(SignInFacts facts);

    /** The name of its field in a document. */
    String name();

    /** What it names, sorted. */
    List<String> values();

    /** The same condition on things of other names; ranges of addresses have none. */
    default Condition renaming(UnaryOperator<String> names) {
        return this;
    }

    /** The user has at least one of these roles. */
    record HasRole(Set<String> anyOf) implements Condition {
        public HasRole {
            anyOf = notEmpty("roles", anyOf);
        }

        @Override
        public boolean holds(SignInFacts facts) {
            return !Collections.disjoint(facts.roles(), anyOf);
        }

        @Override
        public String name() {
            return "roles";
        }

        @Override
        public Condition renaming(UnaryOperator<String> names) {
            return new HasRole(anyOf.stream().map(names).collect(Collectors.toSet()));
        }

        @Override
        public List<String> values() {
            return anyOf.stream().sorted().toList();
        }
    }

    /** The application is one of these. */
    record IsClient(Set<String> anyOf) implements Condition {
        public IsClient {
            anyOf = notEmpty("clients", anyOf);
        }

        @Override
        public boolean holds(SignInFacts facts) {
            return anyOf.contains(facts.clientId());
        }

        @Override
        public String name() {
            return "clients";
        }

        @Override
        public Condition renaming(UnaryOperator<String> names) {
            return new IsClient(anyOf.stream().map(names).collect(Collectors.toSet()));
        }

        @Override
        public List<String> values() {
            return anyOf.stream().sorted().toList();
        }
    }

    /** One of these identity providers vouched for the user. */
    record CameBy(Set<String> anyOf) implements Condition {
        public CameBy {
            anyOf = notEmpty("identity_providers", anyOf);
        }

        @Override
        public boolean holds(SignInFacts facts) {
            return facts.identityProvider().map(anyOf::contains).orElse(false);
        }

        @Override
        public String name() {
            return "identity_providers";
        }

        @Override
        public Condition renaming(UnaryOperator<String> names) {
            return new CameBy(anyOf.stream().map(names).collect(Collectors.toSet()));
        }

        @Override
        public List<String> values() {
            return anyOf.stream().sorted().toList();
        }
    }

    /** The client's address is known and lies in one of these ranges. */
    record Inside(List<Network> anyOf) implements Condition {
        public Inside {
            anyOf = notEmpty("inside_networks", anyOf);
        }

        @Override
        public boolean holds(SignInFacts facts) {
            return facts.address().filter(address -> within(anyOf, address)).isPresent();
        }

        @Override
        public String name() {
            return "inside_networks";
        }

        @Override
        public List<String> values() {
            return anyOf.stream().map(Network::text).sorted().toList();
        }
    }

    /** The client's address lies in none of these ranges, or is not known. */
    record Outside(List<Network> noneOf) implements Condition {
        public Outside {
            noneOf = notEmpty("outside_networks", noneOf);
        }

        @Override
        public boolean holds(SignInFacts facts) {
            return facts.address().filter(address -> within(noneOf, address)).isEmpty();
        }

        @Override
        public String name() {
            return "outside_networks";
        }

        @Override
        public List<String> values() {
            return noneOf.stream().map(Network::text).sorted().toList();
        }
    }

    private static boolean within(List<Network> networks, NetworkAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> notEmpty(String name, List<Network> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty: an empty list never means all");
        }
        return List.copyOf(values);
    }

    private static Set<String> notEmpty(String name, Set<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty: an empty list never means all");
        }
        return Set.copyOf(values);
    }
}
