package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Network;
import io.sallyport.policy.address.StrictAddresses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** There is one rule of a scope and its conditions: {@link PolicyRule#identity()} tells two such rules apart, and only those. */
final class IdentityTest {

    /** Texts that could be taken for two texts, another condition, or an end. */
    private static final List<String> TRICKY = List.of(
            "a",
            "b",
            "a b",
            "a 1:b",
            "1:a",
            "1:a 1:b",
            "1:b roles 1:a",
            "a roles 1:b",
            " ",
            "a ",
            " a",
            "clients",
            "a,b",
            "a\n1:b",
            "Group",
            "ä",
            "a\0b");

    @Test
    void randomRulesHaveTheSameOneExactlyIfScopeAndConditionsAreTheSame() {
        Map<String, Object> meanings = new HashMap<>();
        Map<Object, String> identities = new HashMap<>();
        for (long seed = 0; seed < 5_000; seed++) {
            for (PolicyRule rule : new RandomPolicy(seed).rules()) {
                Object meaning = List.of(rule.scope(), Set.copyOf(rule.when()));

                assertThat(meanings.putIfAbsent(rule.identity(), meaning))
                        .as("seed %d", seed)
                        .isIn(null, meaning);
                assertThat(identities.putIfAbsent(meaning, rule.identity()))
                        .as("seed %d", seed)
                        .isIn(null, rule.identity());
            }
        }
        assertThat(meanings).hasSizeGreaterThan(1_000);
    }

    @Test
    void whatElseARuleSaysDoesNotMatter() {
        PolicyRule rule = Draft.required("r", Draft.tenant("acme")).done();

        assertThat(Draft.off("other", Draft.tenant("acme"))
                        .state(State.DISABLED)
                        .takesEffect(TakesEffect.NEXT_REFRESH)
                        .validUntil(Visitor.NOW)
                        .done()
                        .identity())
                .isEqualTo(rule.identity());
    }

    @Test
    void theOrderOfConditionsAndOfTheirValuesDoesNotMatter() {
        List<String> ranges = List.of("10.0.0.0/8", "192.0.2.0/24", "2001:db8::/32");
        Random random = new Random(3);
        Set<String> identities = Stream.generate(() -> {
                    List<Condition> conditions = new ArrayList<>(List.of(
                            new Condition.HasRole(Set.of("x", "y", "z")),
                            new Condition.IsClient(Set.of("x", "y")),
                            new Condition.CameBy(Set.of("y", "z")),
                            new Condition.Inside(StrictAddresses.network("0.0.0.0/0").stream()
                                    .toList()),
                            new Condition.Outside(shuffled(ranges, random).stream()
                                    .map(range -> StrictAddresses.network(range).orElseThrow())
                                    .toList())));
                    return identity(Draft.global(), shuffled(conditions, random).toArray(Condition[]::new));
                })
                .limit(200)
                .collect(Collectors.toSet());

        assertThat(identities).hasSize(1);
    }

    @Test
    void noTextPassesForAnother() {
        List<String> identities = new ArrayList<>();
        identities.add(identity(Draft.global()));
        for (String one : TRICKY) {
            identities.add(identity(Draft.tenant(one)));
            identities.add(identity(Draft.group(one)));
            identities.add(identity(Draft.user(one)));
            identities.add(identity(Draft.global(), new Condition.HasRole(Set.of(one))));
            identities.add(identity(Draft.global(), new Condition.IsClient(Set.of(one))));
            identities.add(identity(Draft.global(), new Condition.CameBy(Set.of(one))));
            for (String other : TRICKY) {
                identities.add(identity(Draft.groupOf(one, other)));
                identities.add(identity(Draft.userOf(one, other)));
                identities.add(identity(
                        Draft.global(), new Condition.HasRole(Set.of(one)), new Condition.IsClient(Set.of(other))));
                if (one.compareTo(other) < 0) {
                    identities.add(identity(Draft.global(), new Condition.HasRole(Set.of(one, other))));
                    identities.add(identity(Draft.global(), new Condition.IsClient(Set.of(one, other))));
                }
            }
        }

        assertThat(identities).doesNotHaveDuplicates();
    }

    @Test
    void insideAndOutsideAreTwoConditions() {
        List<Network> ranges = StrictAddresses.network("10.0.0.0/8").stream().toList();

        assertThat(identity(Draft.global(), new Condition.Inside(ranges)))
                .isNotEqualTo(identity(Draft.global(), new Condition.Outside(ranges)));
    }

    private static String identity(Scope scope, Condition... when) {
        return Draft.required("r", scope).when(when).done().identity();
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }
}
