package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.policy.Method;
import io.sallyport.policy.Network;
import io.sallyport.policy.Strength;
import io.sallyport.policy.address.StrictAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Knows ann, /finance and acme, as id-of-ann and so on, and nobody else. */
    private static final Directory DIRECTORY = new Directory() {
        @Override
        public Optional<String> user(String username) {
            return known("ann", username);
        }

        @Override
        public Optional<String> group(String path) {
            return known("/finance", path);
        }

        @Override
        public Optional<String> organization(String alias) {
            return known("acme", alias);
        }

        @Override
        public boolean hasRole(String role) {
            return !role.startsWith("no-");
        }

        @Override
        public boolean hasClient(String clientId) {
            return !clientId.startsWith("no-");
        }

        @Override
        public boolean hasIdentityProvider(String alias) {
            return !alias.startsWith("no-");
        }

        @Override
        public Optional<Network> network(String text) {
            return StrictAddresses.network(text);
        }

        private Optional<String> known(String one, String name) {
            return one.equals(name) ? Optional.of("id-of-" + one) : Optional.empty();
        }
    };

    @Test
    void aRuleSaysAsLittleAsWhetherMfaIsRequired() {
        PolicyRule rule = rule("{'required': true}");

        assertThat(rule.id()).matches("[0-9a-f-]{36}");
        assertThat(rule.name()).isEqualTo("unnamed");
        assertThat(rule.scope()).isEqualTo(new Scope.Global());
        assertThat(rule.when()).isEmpty();
        assertThat(rule.demand()).isEqualTo(Demand.of(true));
        assertThat(rule.state()).isEqualTo(State.ENFORCED);
        assertThat(rule.takesEffect()).isEqualTo(TakesEffect.NEXT_SIGN_IN);
        assertThat(rule.reason()).isEmpty();
        assertThat(rule.validFrom()).isEmpty();
        assertThat(rule.validUntil()).isEmpty();
        assertThat(rule.changedAt()).isEqualTo(Instant.EPOCH);
        assertThat(rule.version()).isEqualTo(1);
    }

    @Test
    void everyFieldCanSaySomethingElse() {
        PolicyRule rule = rule("""
                {'id': 'r-1', 'name': 'No MFA for Ann', 'scope': {'user': 'ann', 'organization': 'acme'},
                 'required': false, 'strength': 'NO_SMS', 'methods': ['TOTP', 'WEBAUTHN'],
                 'when': {'roles': ['payer'], 'clients': ['bank', 'shop'], 'identity_providers': ['corp']},
                 'max_age': 3600, 'state': 'REPORT_ONLY', 'takes_effect': 'NEXT_REFRESH', 'reason': 'ticket 7', 'owner': 'ann',
                 'valid_from': '2026-12-01T00:00:00Z', 'valid_until': '2026-12-31T23:59:59Z', 'version': 7}""");

        assertThat(rule)
                .isEqualTo(new PolicyRule(
                        "r-1",
                        "No MFA for Ann",
                        new Scope.User("id-of-ann", Optional.of("id-of-acme")),
                        List.of(
                                new Condition.HasRole(Set.of("payer")),
                                new Condition.IsClient(Set.of("bank", "shop")),
                                new Condition.CameBy(Set.of("corp"))),
                        new Demand(
                                false,
                                Strength.NO_SMS,
                                Optional.of(Set.of(Method.TOTP, Method.WEBAUTHN)),
                                Optional.of(Duration.ofHours(1)),
                                Optional.empty()),
                        State.REPORT_ONLY,
                        TakesEffect.NEXT_REFRESH,
                        Optional.of("ticket 7"),
                        Optional.of("id-of-ann"),
                        Optional.of(Instant.parse("2026-12-01T00:00:00Z")),
                        Optional.of(Instant.parse("2026-12-31T23:59:59Z")),
                        Instant.EPOCH,
                        7));
    }

    @Test
    void namesAndReasonsMayFillTheirColumns() {
        PolicyRule rule =
                rule("{'required': true, 'name': '" + "n".repeat(100) + "', 'reason': '" + "r".repeat(255) + "'}");

        assertThat(rule.name()).hasSize(100);
        assertThat(rule.reason())
                .hasValueSatisfying(reason -> assertThat(reason).hasSize(255));
    }

    static Stream<Arguments> scopes() {
        return Stream.of(
                arguments("{'organization': 'acme'}", new Scope.Tenant("id-of-acme")),
                arguments("{'group': '/finance'}", new Scope.Group("id-of-/finance", Optional.empty())),
                arguments(
                        "{'group': '/finance', 'organization': 'acme'}",
                        new Scope.Group("id-of-/finance", Optional.of("id-of-acme"))),
                arguments("{'user': 'ann'}", new Scope.User("id-of-ann", Optional.empty())),
                arguments(
                        "{'user': 'ann', 'organization': 'acme'}",
                        new Scope.User("id-of-ann", Optional.of("id-of-acme"))));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void namesInAScopeBecomeIds(String scope, Scope wanted) {
        assertThat(rule("{'required': true, 'scope': " + scope + "}").scope()).isEqualTo(wanted);
    }

    static Stream<Arguments> badRules() {
        return Stream.of(
                // nothing is guessed
                arguments("{}", "$.rules[0].required: is missing, want true or false"),
                arguments("{'required': true, 'requierd': false}", "$.rules[0].requierd: unknown field"),
                arguments("{'required': true, 'changed_by': 'me'}", "$.rules[0].changed_by: unknown field"),
                arguments("{'required': true, 'when': {'users': ['x']}}", "$.rules[0].when.users: unknown field"),
                // wrong types
                arguments("'required'", "$.rules[0]: want an object"),
                arguments("{'required': true, 'name': 7}", "$.rules[0].name: want a text"),
                arguments("{'required': true, 'id': 7}", "$.rules[0].id: want a text"),
                arguments("{'required': true, 'scope': 'ann'}", "$.rules[0].scope: want an object"),
                arguments("{'required': true, 'when': []}", "$.rules[0].when: want an object"),
                arguments("{'required': true, 'when': {'roles': 'x'}}", "$.rules[0].when.roles: want a list"),
                arguments(
                        "{'required': true, 'when': {'clients': [7]}}", "$.rules[0].when.clients: want distinct texts"),
                arguments("{'required': true, 'methods': 'TOTP'}", "$.rules[0].methods: want a list"),
                arguments(
                        "{'required': true, 'max_age': '60'}",
                        "$.rules[0].max_age: want a whole number from 1 to 31622400"),
                arguments(
                        "{'required': true, 'version': '1'}",
                        "$.rules[0].version: want a whole number from 1 to 2147483647"),
                arguments("{'required': true, 'reason': true}", "$.rules[0].reason: want a text"),
                // empty never means all
                arguments("{'required': true, 'name': ' '}", "$.rules[0].name: is blank"),
                arguments(
                        "{'required': true, 'methods': []}",
                        "$.rules[0].methods: is empty: an empty list never means all"),
                arguments(
                        "{'required': true, 'when': {'roles': []}}",
                        "$.rules[0].when.roles: is empty: an empty list never means all"),
                arguments(
                        "{'required': true, 'when': {'clients': []}}",
                        "$.rules[0].when.clients: is empty: an empty list never means all"),
                arguments(
                        "{'required': true, 'when': {'identity_providers': []}}",
                        "$.rules[0].when.identity_providers: is empty: an empty list never means all"),
                arguments("{'required': true, 'when': {'roles': [' ']}}", "$.rules[0].when.roles: want distinct texts"),
                arguments(
                        "{'required': true, 'when': {'roles': ['a', 'a']}}",
                        "$.rules[0].when.roles: want distinct texts"),
                arguments(
                        "{'required': true, 'scope': {}}",
                        "$.rules[0].scope: is empty: leave it out for everybody, or name a user, a group or an organization"),
                arguments("{'required': true, 'grace': {}}", "$.rules[0].grace: is empty, want days, skips or both"),
                arguments(
                        "{'required': true, 'grace': {'days': 1, 'weeks': 1}}",
                        "$.rules[0].grace.weeks: unknown field"),
                // no more than fits, and nothing that does not print
                arguments(
                        "{'required': true, 'name': '" + "n".repeat(101) + "'}",
                        "$.rules[0].name: has 101 characters, want at most 100"),
                arguments(
                        "{'required': true, 'reason': '" + "n".repeat(256) + "'}",
                        "$.rules[0].reason: has 256 characters, want at most 255"),
                arguments("{'required': true, 'name': 'a\\u0007b'}", "$.rules[0].name: has control characters"),
                arguments("{'required': true, 'reason': 'a\\nb'}", "$.rules[0].reason: has control characters"),
                // whoever answers for an exception
                arguments("{'required': true, 'owner': 'ann'}", "$.rules[0].owner: is for an exception"),
                arguments("{'required': true, 'owner': 7}", "$.rules[0].owner: want a text"),
                arguments(
                        "{'required': false, 'scope': {'user': 'ann'}, 'reason': 'r', 'owner': 'eve',"
                                + " 'valid_until': '2026-12-31T00:00:00Z'}",
                        "$.rules[0].owner: no user eve"),
                // words that are none
                arguments(
                        "{'required': true, 'strength': 'any'}",
                        "$.rules[0].strength: want ANY, NO_SMS or PHISHING_RESISTANT"),
                arguments(
                        "{'required': true, 'state': 'OFF'}",
                        "$.rules[0].state: want ENFORCED, REPORT_ONLY or DISABLED"),
                arguments(
                        "{'required': true, 'takes_effect': 'NOW'}",
                        "$.rules[0].takes_effect: want NEXT_SIGN_IN or NEXT_REFRESH"),
                arguments(
                        "{'required': true, 'valid_until': '2026-12-31'}",
                        "$.rules[0].valid_until: want an ISO 8601 time in UTC"),
                arguments(
                        "{'required': true, 'valid_until': '2026-02-30T00:00:00Z'}",
                        "$.rules[0].valid_until: want an ISO 8601 time in UTC"));
    }

    @ParameterizedTest
    @MethodSource("badRules")
    void aBadFieldIsNamedByItsPath(String rule, String problem) {
        assertThat(problems("{'rules': [" + rule + "]}")).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'true'", "1", "'false'", "[]", "{}"})
    void requiredIsTrueOrFalse(String required) {
        assertThat(problems("{'rules': [{'required': " + required + "}]}"))
                .contains("$.rules[0].required: want true or false");
    }

    static Stream<Arguments> badScopes() {
        return Stream.of(
                arguments("{}", "$.rules[0].scope: is empty"),
                arguments("{'role': 'x'}", "$.rules[0].scope.role: unknown field"),
                arguments("{'user': ['ann']}", "$.rules[0].scope.user: want a text"),
                arguments("{'user': ''}", "$.rules[0].scope.user: is blank"),
                arguments("{'user': null}", "$.rules[0].scope.user: want a text"),
                arguments("{'organization': null, 'group': '/finance'}", "$.rules[0].scope.organization: want a text"),
                arguments("null", "$.rules[0].scope: want an object"));
    }

    /** Left out, each of them would make the rule one about everybody. */
    @ParameterizedTest
    @MethodSource("badScopes")
    void aScopeThatNamesNobodyIsNotEverybody(String scope, String problem) {
        assertThat(problems("{'rules': [{'required': true, 'scope': " + scope + "}]}"))
                .anySatisfy(found -> assertThat(found).startsWith(problem));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "name",
                "required",
                "strength",
                "methods",
                "when",
                "max_age",
                "state",
                "takes_effect",
                "reason",
                "valid_until",
                "version"
            })
    void nullIsNoValue(String field) {
        String rule = "required".equals(field) ? "{'required': null}" : "{'required': true, '" + field + "': null}";

        assertThat(problems("{'rules': [" + rule + "]}"))
                .anySatisfy(problem -> assertThat(problem).startsWith("$.rules[0]." + field + ": want "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"roles", "clients", "identity_providers"})
    void aConditionThatIsNullIsNotAbsent(String condition) {
        assertThat(problems("{'rules': [{'required': true, 'when': {'" + condition + "': null}}]}"))
                .containsExactly("$.rules[0].when." + condition + ": want a list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "0",
                "1.9",
                "31622401",
                "2147483648",
                "9223372036854775807",
                "18446744073709551617",
                "1e300"
            })
    void anAgeIsAWholeNumberOfSecondsUpToAYear(String age) {
        assertThat(problems("{'rules': [{'required': true, 'max_age': " + age + "}]}"))
                .singleElement()
                .asString()
                .startsWith("$.rules[0].max_age: ")
                .endsWith(", want a whole number from 1 to 31622400");
        assertThat(rule("{'required': true, 'max_age': 1}").demand().maxAge()).contains(Duration.ofSeconds(1));
        assertThat(rule("{'required': true, 'max_age': 31622400}").demand().maxAge())
                .contains(Duration.ofDays(366));
    }

    static Stream<Arguments> badSentences() {
        return Stream.of(
                arguments("{'required': true, 'scope': {'user': 'bob'}}", "no user bob"),
                arguments("{'required': true, 'scope': {'group': '/finance/'}}", "no group /finance/"),
                arguments("{'required': true, 'scope': {'organization': 'ACME'}}", "no organization ACME"),
                arguments(
                        "{'required': true, 'scope': {'group': '/finance', 'user': 'ann'}}",
                        "a rule is about a group or a user, not both"),
                arguments(
                        "{'required': true, 'methods': ['PIGEON']}", "methods: PIGEON: want TOTP, WEBAUTHN or SMS_OTP"),
                arguments("{'required': true, 'methods': ['totp']}", "methods: totp: want TOTP"),
                arguments("{'required': true, 'methods': ['RECOVERY_CODE']}", "methods: RECOVERY_CODE: want TOTP"),
                arguments("{'required': false, 'scope': {'user': 'ann'}, 'reason': 'x'}", "valid_until: is missing"),
                arguments(
                        "{'required': false, 'scope': {'user': 'ann'}, 'valid_until': '2026-12-31T00:00:00Z'}",
                        "reason: is missing"),
                arguments(
                        "{'required': false, 'scope': {'group': '/finance'}, 'reason': 'x'}",
                        "valid_until: is missing"),
                arguments(
                        "{'required': false, 'scope': {'organization': 'acme'}, 'valid_until': '2026-12-31T00:00:00Z'}",
                        "reason: is missing"),
                arguments("{'required': true, 'when': {'roles': ['no-role']}}", "when.roles: there is no no-role"),
                arguments("{'required': true, 'when': {'clients': ['no-app']}}", "when.clients: there is no no-app"),
                arguments(
                        "{'required': true, 'when': {'identity_providers': ['no-idp']}}",
                        "when.identity_providers: there is no no-idp"),
                arguments(
                        "{'required': true, 'when': {'inside_networks': ['10.0.0.1/8']}}",
                        "when.inside_networks: 10.0.0.1/8 is no range"),
                arguments(
                        "{'required': true, 'when': {'outside_networks': ['2001:db8::/32', '2001:DB8::/32']}}",
                        "when.outside_networks: 2001:DB8::/32 stands twice"),
                arguments("{'required': true, 'grace': {}}", "grace: is empty, want days, skips or both"),
                arguments("{'required': true, 'grace': {'days': 0}}", "grace.days: 0, want a whole number from 1"),
                arguments("{'required': true, 'grace': {'days': 91}}", "grace.days: 91, want"),
                arguments("{'required': true, 'grace': {'skips': 101, 'days': 1}}", "grace.skips: 101, want"),
                arguments("{'required': false, 'grace': {'days': 1}}", "grace: is for a rule that requires MFA"),
                arguments("{'required': true, 'id': 'no blanks'}", "id: want 1 to 36 letters, digits and dashes"),
                arguments(
                        "{'required': true, 'id': '" + "x".repeat(37) + "'}",
                        "id: want 1 to 36 letters, digits and dashes"),
                arguments(
                        "{'required': true, 'name': '" + "x".repeat(101) + "'}",
                        "name: has 101 characters, want at most 100"),
                arguments(
                        "{'required': true, 'reason': '" + "x".repeat(256) + "'}",
                        "reason: has 256 characters, want at most 255"));
    }

    @ParameterizedTest
    @MethodSource("badSentences")
    void aRuleThatMakesNoSenseIsNamedByItsPath(String rule, String problem) {
        assertThat(problems("{'rules': [{'required': true}, " + rule + "]}"))
                .singleElement()
                .asString()
                .startsWith("$.rules[1]")
                .contains(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "'rules'", "7", "null"})
    void aDocumentIsAnObject(String document) {
        assertThat(problems(document)).containsExactly("$: want an object with rules");
    }

    @Test
    void aDocumentHasNothingButRules() {
        assertThat(problems("{'rules': [], 'Rules': []}")).containsExactly("$.Rules: unknown field");
    }

    @Test
    void theRulesAreAList() {
        assertThat(problems("{'rules': {'required': true}}")).containsExactly("$.rules: want a list");
    }

    @Test
    void aDocumentWithoutRulesDoesNotMeanNone() {
        assertThat(problems("{}")).containsExactly("$.rules: is missing, want a list");
        assertThat(problems("{'rules': null}")).containsExactly("$.rules: want a list");
        assertThat(problems("{'rules': [], 'extra': null}")).containsExactly("$.extra: unknown field");
    }

    @Test
    void aDocumentMaySayThatThereAreNoRules() {
        assertThat(PolicyDocument.parse(tree("{'rules': []}"), DIRECTORY)).isEmpty();
    }

    @Test
    void everythingIsReportedAtOnce() {
        List<String> problems = problems("""
                {'extra': 1,
                 'rules': [
                   {'requred': true, 'max_age': 'x', 'state': 'ON', 'when': {'roles': [], 'network': 'x'}},
                   7,
                   {'required': true, 'scope': {'user': 'ann'}, 'strength': 'STRONG', 'valid_until': 'tomorrow'},
                   {'required': true, 'scope': {'user': 'bob'}}]}""");

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "$.extra: unknown field",
                        "$.rules[0].requred: unknown field",
                        "$.rules[0].required: is missing, want true or false",
                        "$.rules[0].max_age: want a whole number from 1 to 31622400",
                        "$.rules[0].state: want ENFORCED, REPORT_ONLY or DISABLED",
                        "$.rules[0].when.roles: is empty: an empty list never means all",
                        "$.rules[0].when.network: unknown field",
                        "$.rules[1]: want an object",
                        "$.rules[2].strength: want ANY, NO_SMS or PHISHING_RESISTANT",
                        "$.rules[2].valid_until: want an ISO 8601 time in UTC",
                        "$.rules[3].scope.user: no user bob");
    }

    @Test
    void theMessageHoldsEveryProblem() {
        assertThatExceptionOfType(InvalidPolicy.class)
                .isThrownBy(() -> PolicyDocument.parse(tree("{'rules': [1, 2]}"), DIRECTORY))
                .withMessage("$.rules[0]: want an object; $.rules[1]: want an object");
    }

    @Test
    void aSecondRuleForTheSameScopeAndConditionsIsADuplicate() {
        String rule = "{'required': true, 'scope': {'user': 'ann'}, 'when': {'roles': ['a', 'b'], 'clients': ['c']}}";
        String same =
                "{'required': true, 'max_age': 9, 'scope': {'user': 'ann'}, 'when': {'clients': ['c'], 'roles': ['b', 'a']}}";

        assertThat(problems("{'rules': [{'required': true}, " + rule + ", " + same + "]}"))
                .containsExactly("$.rules[2]: same scope and conditions as $.rules[1]");
    }

    @Test
    void rulesOfOtherScopesOrConditionsAreNoDuplicates() {
        List<PolicyRule> rules = PolicyDocument.parse(tree("""
                        {'rules': [
                          {'required': true},
                          {'required': true, 'when': {'roles': ['a']}},
                          {'required': true, 'when': {'clients': ['a']}},
                          {'required': true, 'scope': {'user': 'ann'}},
                          {'required': true, 'scope': {'user': 'ann', 'organization': 'acme'}}]}"""), DIRECTORY);

        assertThat(rules).hasSize(5).extracting(PolicyRule::id).doesNotHaveDuplicates();
    }

    @Test
    void anIdStandsOnce() {
        assertThat(
                        problems(
                                "{'rules': [{'id': 'r', 'required': true}, {'id': 'r', 'required': true, 'scope': {'user': 'ann'}}]}"))
                .containsExactly("$.rules[1].id: stands twice");
    }

    private static PolicyRule rule(String json) {
        return PolicyDocument.parse(tree("{'rules': [" + json + "]}"), DIRECTORY)
                .get(0);
    }

    private static List<String> problems(String json) {
        Object document = tree(json);
        return catchThrowableOfType(InvalidPolicy.class, () -> PolicyDocument.parse(document, DIRECTORY))
                .problems();
    }

    private static Object tree(String json) {
        try {
            return JSON.readValue(json.replace('\'', '"'), Object.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(json, broken);
        }
    }
}
