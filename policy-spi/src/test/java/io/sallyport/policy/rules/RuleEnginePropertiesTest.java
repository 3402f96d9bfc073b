package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Reason;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.Strength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds of every policy, tried on thousands of random ones; a failure names its seed. */
final class RuleEnginePropertiesTest {

    private static final int POLICIES = 5_000;

    private enum Kind {
        NOT_REQUIRED,
        REQUIRED,
        IMPOSSIBLE
    }

    @Test
    void theEngineAnswersAsTheContractWordsIt() {
        Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
        for (long seed = 0; seed < POLICIES; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();
            SignInFacts facts = policy.facts();

            Resolution resolution = RuleEngine.resolve(rules, facts);

            assertThat(answer(resolution)).as("seed %d", seed).isEqualTo(expected(rules, facts));
            seen.merge(kind(resolution), 1, Integer::sum);
        }
        // the policies are worth the trouble only if every outcome is common
        assertThat(seen)
                .hasSize(3)
                .allSatisfy((kind, times) -> assertThat(times).as("%s", kind).isGreaterThan(POLICIES / 50));
    }

    @Test
    void theOrderOfTheRulesDoesNotMatter() {
        for (long seed = 0; seed < POLICIES; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();
            SignInFacts facts = policy.facts();

            Resolution resolution = RuleEngine.resolve(policy.shuffled(rules), facts);

            assertThat(resolution).as("seed %d", seed).isEqualTo(RuleEngine.resolve(rules, facts));
        }
    }

    @Test
    void everyPermutationOfFiveRulesGivesTheSameAnswer() {
        List<PolicyRule> rules = List.of(
                Draft.required("a", Draft.groupOf("g1", "t1"))
                        .maxAge(Duration.ofHours(1))
                        .done(),
                Draft.required("b", Draft.group("g1")).strength(Strength.NO_SMS).done(),
                Draft.off("c", Draft.group("g2")).done(),
                Draft.off("d", Draft.tenant("t1")).done(),
                Draft.required("e", Draft.global()).done());
        SignInFacts facts = Visitor.ann().of("t1").in("g1", "g2").facts();

        Set<Resolution> answers = permutations(rules).stream()
                .map(permutation -> RuleEngine.resolve(permutation, facts))
                .collect(Collectors.toSet());

        assertThat(permutations(rules)).hasSize(120);
        assertThat(answers).hasSize(1);
    }

    @Test
    void oneMoreRequiringRuleBesideTheDecidingOnesNeverWeakens() {
        int tried = 0;
        for (long seed = 0; seed < POLICIES; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();
            SignInFacts facts = policy.facts();
            Resolution before = RuleEngine.resolve(rules, facts);
            Optional<Scope> scope = scopeOfADecidingRule(policy, rules, before);
            if (scope.isEmpty()) {
                continue;
            }
            tried++;

            Resolution after = RuleEngine.resolve(
                    with(rules, Draft.required("more", scope.get()).demand(policy.demand(true))), facts);

            assertThat(after).as("seed %d", seed).matches(atLeastAsStrictAs(before));
            assertThat(kind(after)).as("seed %d", seed).isNotEqualTo(Kind.NOT_REQUIRED);
        }
        assertThat(tried).isGreaterThan(POLICIES / 4);
    }

    @Test
    void oneMoreExceptionBesideARequiringRuleChangesNothing() {
        int tried = 0;
        for (long seed = 0; seed < POLICIES; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();
            SignInFacts facts = policy.facts();
            Resolution before = RuleEngine.resolve(rules, facts);
            Optional<Scope> scope = scopeOfADecidingRule(policy, rules, before);
            if (scope.isEmpty() || kind(before) == Kind.NOT_REQUIRED) {
                continue;
            }
            tried++;

            Resolution after = RuleEngine.resolve(
                    with(rules, Draft.off("more", scope.get()).demand(policy.demand(false))), facts);

            assertThat(answer(after)).as("seed %d", seed).isEqualTo(answer(before));
        }
        assertThat(tried).isGreaterThan(POLICIES / 4);
    }

    @Test
    void aRuleThatDoesNotDecideCanAsWellBeAbsent() {
        for (long seed = 0; seed < POLICIES; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();
            SignInFacts facts = policy.facts();
            Resolution all = RuleEngine.resolve(rules, facts);
            Set<String> skipped = all.trace().entries().stream()
                    .filter(entry -> entry.skippedBecause().isPresent())
                    .map(Trace.Entry::rule)
                    .collect(Collectors.toSet());

            Resolution matching = RuleEngine.resolve(
                    rules.stream().filter(rule -> !skipped.contains(rule.id())).toList(), facts);

            assertThat(answer(matching)).as("seed %d", seed).isEqualTo(answer(all));
        }
    }

    @Test
    void theTraceNamesEveryRuleOnceAndNoDecidingRuleAsSkipped() {
        for (long seed = 0; seed < POLICIES; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();

            Resolution resolution = RuleEngine.resolve(rules, policy.facts());

            assertThat(resolution.trace().entries())
                    .as("seed %d", seed)
                    .extracting(Trace.Entry::rule)
                    .containsExactlyInAnyOrderElementsOf(
                            rules.stream().map(PolicyRule::id).toList());
            assertThat(resolution.trace().entries())
                    .as("seed %d", seed)
                    .filteredOn(entry -> deciding(resolution).contains(entry.rule()))
                    .allMatch(entry -> entry.skippedBecause().isEmpty());
        }
    }

    private static Predicate<Resolution> atLeastAsStrictAs(Resolution before) {
        return after -> {
            if (kind(after) != kind(before)) {
                return kind(after).compareTo(kind(before)) > 0;
            }
            return kind(after) != Kind.REQUIRED
                    || (covers(requirement(after), requirement(before))
                            && noLonger((Resolution.Required) after, (Resolution.Required) before));
        };
    }

    private static boolean covers(Requirement after, Requirement before) {
        boolean younger = before.maxAge()
                .map(age -> after.maxAge()
                        .filter(other -> other.compareTo(age) <= 0)
                        .isPresent())
                .orElse(true);
        return younger
                && after.strength().compareTo(before.strength()) >= 0
                && before.methods().containsAll(after.methods());
    }

    private static boolean noLonger(Resolution.Required after, Resolution.Required before) {
        return after.grace()
                .map(left -> before.grace()
                        .filter(all -> within(left.time(), all.time()) && within(left.skips(), all.skips()))
                        .isPresent())
                .orElse(true);
    }

    private static <T extends Comparable<T>> boolean within(Optional<T> left, Optional<T> all) {
        return all.map(most -> left.filter(some -> some.compareTo(most) <= 0).isPresent())
                .orElse(true);
    }

    private static Optional<Scope> scopeOfADecidingRule(
            RandomPolicy policy, List<PolicyRule> rules, Resolution resolution) {
        List<Scope> scopes = rules.stream()
                .filter(rule -> deciding(resolution).contains(rule.id()))
                .map(PolicyRule::scope)
                .toList();
        return scopes.isEmpty() ? Optional.empty() : Optional.of(policy.one(scopes));
    }

    private static List<PolicyRule> with(List<PolicyRule> rules, Draft more) {
        List<PolicyRule> longer = new ArrayList<>(rules);
        longer.add(more.done());
        return longer;
    }

    private static Set<String> deciding(Resolution resolution) {
        return resolution.reasons().stream()
                .map(Reason::rule)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String answer(Resolution resolution) {
        return deciding(resolution)
                + resolution.match(
                        notRequired -> " off",
                        required -> " " + required.requirement().strength() + " "
                                + new TreeSet<>(required.requirement().methods()) + " "
                                + required.requirement().maxAge(),
                        impossible -> " impossible");
    }

    private static String expected(List<PolicyRule> rules, SignInFacts facts) {
        Contract.Answer answer = Contract.answer(rules, facts);
        if (!answer.required()) {
            return answer.rules() + " off";
        }
        return answer.methods().isEmpty()
                ? answer.rules() + " impossible"
                : answer.rules() + " " + answer.strength() + " " + new TreeSet<>(answer.methods()) + " "
                        + answer.maxAge();
    }

    private static Kind kind(Resolution resolution) {
        return resolution.match(
                notRequired -> Kind.NOT_REQUIRED, required -> Kind.REQUIRED, impossible -> Kind.IMPOSSIBLE);
    }

    private static Requirement requirement(Resolution resolution) {
        return ((Resolution.Required) resolution).requirement();
    }

    private static List<List<PolicyRule>> permutations(List<PolicyRule> rules) {
        if (rules.isEmpty()) {
            return List.of(List.of());
        }
        List<List<PolicyRule>> permutations = new ArrayList<>();
        for (PolicyRule first : rules) {
            List<PolicyRule> rest =
                    rules.stream().filter(rule -> !rule.equals(first)).toList();
            for (List<PolicyRule> tail : permutations(rest)) {
                List<PolicyRule> permutation = new ArrayList<>(List.of(first));
                permutation.addAll(tail);
                permutations.add(permutation);
            }
        }
        return permutations;
    }
}
