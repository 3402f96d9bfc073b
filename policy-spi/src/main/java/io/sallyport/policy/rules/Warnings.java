package io.sallyport.policy.rules;

import io.sallyport.policy.Method;
import io.sallyport.policy.Network;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is allowed in a policy and yet hardly ever meant; it is saved, and the administrator is told. */
public final class Warnings {

    private Warnings() {}

    /** One text for each doubtful thing, which begins with the rule it is about. */
    public static List<String> of(List<PolicyRule> rules, Instant now) {
        List<String> warnings = new ArrayList<>();
        Instant nextYear = now.atOffset(ZoneOffset.UTC).plusYears(1).toInstant();
        for (PolicyRule rule : rules) {
            String about = "rule " + rule.name() + " (" + rule.id() + "): ";
            rule.when()
                    .forEach(condition -> everything(condition)
                            .forEach(network -> warnings.add(about + condition.name() + " has " + network.text()
                                    + ", which is every " + family(network))));
            rule.validUntil()
                    .filter(end ->
                            PolicyRule.isException(rule.scope(), rule.demand().required()) && end.isAfter(nextYear))
                    .ifPresent(end -> warnings.add(about + "the exception lasts until " + end + ", more than a year"));
            if (leavesNothing(rule.demand())) {
                warnings.add(about + "strength " + rule.demand().strength()
                        + " leaves none of its methods: everybody it is about is refused");
            }
        }
        return List.copyOf(warnings);
    }

    private static List<Network> everything(Condition condition) {
        List<Network> networks = List.of();
        if (condition instanceof Condition.Inside inside) {
            networks = inside.anyOf();
        } else if (condition instanceof Condition.Outside outside) {
            networks = outside.noneOf();
        }
        return networks.stream().filter(Network::isEverything).toList();
    }

    private static String family(Network network) {
        return network.first().bits() == Integer.SIZE ? "IPv4 address" : "IPv6 address";
    }

    private static boolean leavesNothing(Demand demand) {
        return demand.required()
                && demand.methods().orElse(Set.of(Method.WEBAUTHN)).stream().noneMatch(demand.strength()::accepts);
    }
}
