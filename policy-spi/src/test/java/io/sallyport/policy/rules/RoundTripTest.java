package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.policy.Method;
import io.sallyport.policy.Strength;
import io.sallyport.policy.address.StrictAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the writer writes the reader reads, by way of JSON as in the store. */
final class RoundTripTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<PolicyRule> rules() {
        return Stream.of(
                Draft.required("global", Draft.global()).done(),
                Draft.off("tenant", Draft.tenant("acme")).done(),
                Draft.required("group", Draft.group("g"))
                        .strength(Strength.PHISHING_RESISTANT)
                        .done(),
                Draft.required("group-of", Draft.groupOf("g", "acme"))
                        .methods(Method.TOTP, Method.SMS_OTP)
                        .done(),
                Draft.off("user", Draft.user("ann"))
                        .validFrom(Instant.parse("2026-12-31T23:59:59.122Z"))
                        .validUntil(Instant.parse("2026-12-31T23:59:59.123Z"))
                        .done(),
                Draft.required("user-of", Draft.userOf("ann", "acme"))
                        .maxAge(Duration.ofSeconds(1))
                        .done(),
                Draft.required("states", Draft.global())
                        .state(State.DISABLED)
                        .takesEffect(TakesEffect.NEXT_REFRESH)
                        .done(),
                Draft.required("when", Draft.global())
                        .when(
                                new Condition.HasRole(Set.of("b", "a", "bank/c")),
                                new Condition.IsClient(Set.of("shop", "bank")),
                                new Condition.CameBy(Set.of("corp")))
                        .done(),
                Draft.required("one-condition", Draft.global())
                        .when(new Condition.CameBy(Set.of("corp", "partner")))
                        .done());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleComesBackAsItWas(PolicyRule rule) throws JsonProcessingException {
        String written = JSON.writeValueAsString(Map.of("rules", List.of(RuleWriter.write(rule))));

        List<PolicyRule> read =
                PolicyDocument.parse(JSON.readValue(written, Object.class), Directory.ofIds(StrictAddresses::network));

        assertThat(read).containsExactly(rule.stored(rule.version(), Instant.EPOCH));
    }

    @Test
    void theOwnerOfAnExceptionComesBackAndIsADifference() {
        Map<String, Object> written = new HashMap<>(
                RuleWriter.write(Draft.off("user", Draft.user("ann")).done()));
        PolicyRule ownerless = read(written);

        written.put("owner", "eve");
        PolicyRule owned = read(written);

        assertThat(owned.owner()).contains("eve");
        assertThat(read(RuleWriter.write(owned))).isEqualTo(owned);
        assertThat(owned.saysTheSameAs(ownerless)).isFalse();
        assertThat(owned.in(State.DISABLED).owner()).contains("eve");
        assertThat(owned.as("other").stored(7, Instant.EPOCH).owner()).contains("eve");
    }

    private static PolicyRule read(Map<String, Object> rule) {
        Map<String, Object> unversioned = new HashMap<>(rule);
        unversioned.remove("version"); // JSON has a number of its own kind there
        return PolicyDocument.parse(Map.of("rules", List.of(unversioned)), Directory.ofIds(StrictAddresses::network))
                .get(0);
    }

    @Test
    void randomRulesComeBackAsTheyWere() throws JsonProcessingException {
        for (long seed = 0; seed < 500; seed++) {
            for (PolicyRule rule : new RandomPolicy(seed).rules()) {
                String written = JSON.writeValueAsString(Map.of("rules", List.of(RuleWriter.write(rule))));

                List<PolicyRule> read = PolicyDocument.parse(
                        JSON.readValue(written, Object.class), Directory.ofIds(StrictAddresses::network));

                assertThat(read).as("seed %d", seed).containsExactly(rule.stored(rule.version(), Instant.EPOCH));
            }
        }
    }

    @Test
    void equalRulesAreWrittenAlike() throws JsonProcessingException {
        PolicyRule one = Draft.required("r", Draft.global())
                .when(new Condition.HasRole(Set.of("a", "b", "c", "d")))
                .done();
        PolicyRule other = Draft.required("r", Draft.global())
                .when(new Condition.HasRole(Set.of("d", "c", "b", "a")))
                .done();

        assertThat(JSON.writeValueAsString(RuleWriter.write(one)))
                .isEqualTo(JSON.writeValueAsString(RuleWriter.write(other)))
                .contains("\"roles\":[\"a\",\"b\",\"c\",\"d\"]");
    }
}
