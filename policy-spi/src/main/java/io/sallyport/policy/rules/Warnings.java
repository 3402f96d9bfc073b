package io.sallyport.policy.rules;

import io.sallyport.policy.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What is allowed in a policy but hardly ever meant. */
public final class Warnings {

    private static final Duration LONG = Duration.ofDays(366);

    private Warnings() {}

    /** The warnings about these rules, each naming its rule. */
    public static List<String> of(List<PolicyRule> rules, Instant now) {
        return rules.stream()
                .flatMap(rule ->
                        of(rule, now).map(warning -> "rule " + rule.id() + " (" + rule.name() + "): " + warning))
                .toList();
    }

    private static Stream<String> of(PolicyRule rule, Instant now) {
        Stream<String> everything = rule.when().stream()
                .flatMap(condition -> condition.networks().stream()
                        .filter(Network::isEverything)
                        .map(network -> condition.name() + " holds " + network.text() + ", every address there is"));
        Stream<String> endless = rule
                .validUntil()
                .filter(end -> !rule.demand().required() && end.isAfter(now.plus(LONG)))
                .map(end -> "the exception lasts longer than a year")
                .stream();
        return Stream.concat(everything, endless);
    }
}
