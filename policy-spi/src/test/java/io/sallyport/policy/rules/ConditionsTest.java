package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.sallyport.policy.Network;
import io.sallyport.policy.address.StrictAddresses;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** POL-13: conditions of a document, each problem with its path. */
final class ConditionsTest {

    @Test
    void everyKindIsRead() {
        assertThat(read(Map.of(
                        "roles", List.of("admin", "bank/teller"),
                        "clients", List.of("bank"),
                        "identity_providers", List.of("corp"),
                        "inside_networks", List.of("10.20.0.0/16", "2001:DB8:0::/48"),
                        "outside_networks", List.of("192.0.2.1"))))
                .extracting(Condition::name, Condition::values)
                .containsExactly(
                        tuple("roles", List.of("admin", "bank/teller")),
                        tuple("clients", List.of("bank")),
                        tuple("identity_providers", List.of("corp")),
                        tuple("inside_networks", List.of("10.20.0.0/16", "2001:db8::/48")),
                        tuple("outside_networks", List.of("192.0.2.1/32")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0"})
    void everythingIsARange(String range) {
        Condition.Inside inside = (Condition.Inside)
                read(Map.of("inside_networks", List.of(range))).get(0);

        assertThat(inside.anyOf()).singleElement().matches(Network::isEverything);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.1/8",
                "2001:db8::/129",
                "2001:db8::1/32",
                "10.0.0.0-10.0.0.9",
                "corp.example"
            })
    void whatIsNoRangeIsRefused(String range) {
        String problem = range + " is no range in CIDR form with zero bits after the prefix";

        assertThat(problems(Map.of("inside_networks", List.of("10.0.0.0/8", range))))
                .containsExactly("$.rules[0].when.inside_networks: " + problem);
        assertThat(problems(Map.of("outside_networks", List.of(range))))
                .containsExactly("$.rules[0].when.outside_networks: " + problem);
    }

    @Test
    void theSameRangeInTwoSpellingsStandsTwice() {
        assertThat(problems(Map.of("inside_networks", List.of("192.0.2.1/32", "192.0.2.1"))))
                .containsExactly("$.rules[0].when.inside_networks: 192.0.2.1 stands twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"roles", "clients", "identity_providers", "inside_networks", "outside_networks"})
    void anEmptyListNeverMeansAll(String field) {
        assertThat(problems(Map.of(field, List.of())))
                .containsExactly("$.rules[0].when." + field + ": is empty: an empty list never means all");
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        assertThat(problems(Map.of(
                        "inside_networks", List.of("a", "b"), "outside_networks", "10.0.0.0/8", "networks", List.of())))
                .containsExactlyInAnyOrder(
                        "$.rules[0].when.inside_networks: a is no range in CIDR form with zero bits after the prefix",
                        "$.rules[0].when.inside_networks: b is no range in CIDR form with zero bits after the prefix",
                        "$.rules[0].when.outside_networks: want a list",
                        "$.rules[0].when.networks: unknown field");
    }

    private static List<String> problems(Map<String, Object> when) {
        return catchThrowableOfType(InvalidPolicy.class, () -> read(when)).problems();
    }

    private static List<Condition> read(Map<String, Object> when) {
        Map<String, Object> rule = Map.of("required", true, "when", when);
        return PolicyDocument.parse(Map.of("rules", List.of(rule)), Directory.ofIds(StrictAddresses::network))
                .get(0)
                .when();
    }
}
