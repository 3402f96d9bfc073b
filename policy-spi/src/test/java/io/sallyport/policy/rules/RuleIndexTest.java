package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reported;
import io.sallyport.policy.SignInFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The index answers as the engine does, however it came about; a failure names its seed. */
final class RuleIndexTest {

    private static final int POLICIES = 20_000;

    @Test
    void aProviderIsNamedByARuleAboutTheSignInAtWhateverLevel() {
        for (long seed = 0; seed < POLICIES / 10; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();
            SignInFacts facts = policy.facts();

            boolean named = RuleIndex.of(rules).namesProvider(facts, own(rules, facts), PastRules.NONE);

            assertThat(named)
                    .as("seed " + seed)
                    .isEqualTo(rules.stream()
                            .filter(rule -> rule.skippedBecause(facts).isEmpty())
                            .anyMatch(rule -> rule.when().stream()
                                    .anyMatch(condition -> condition.name().equals("identity_providers"))));
        }
    }

    @Test
    void itAnswersAsTheEngineDoes() {
        for (long seed = 0; seed < POLICIES; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();
            SignInFacts facts = policy.facts();

            Resolution resolution = RuleIndex.of(rules).resolve(facts, own(rules, facts));

            assertSame("seed " + seed, resolution, RuleEngine.resolve(rules, facts));
        }
    }

    @Test
    void whatARuleThatOnlyReportsWouldDoIsWhatTheEngineSaysWithItInForce() {
        int reported = 0;
        for (long seed = 0; seed < POLICIES / 4; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();
            SignInFacts facts = policy.facts();

            List<Reported> all = RuleIndex.of(rules).reported(facts, own(rules, facts), PastRules.NONE);

            Map<String, PolicyDecision> expected = new HashMap<>();
            for (PolicyRule rule : rules) {
                PolicyRule enforced = rule.in(State.ENFORCED);
                if (rule.state() == State.REPORT_ONLY
                        && enforced.skippedBecause(facts).isEmpty()) {
                    List<PolicyRule> others = rules.stream()
                            .map(other -> other.id().equals(rule.id()) ? enforced : other)
                            .toList();
                    expected.put(rule.id(), RuleEngine.resolve(others, facts).decision(facts));
                }
            }
            assertThat(all.stream().collect(Collectors.toMap(Reported::rule, Reported::decision)))
                    .as("seed " + seed)
                    .isEqualTo(expected);
            reported += all.size();
        }
        assertThat(reported).isGreaterThan(POLICIES / 100);
    }

    @Test
    void afterChangesItAnswersAsOneMadeAnew() {
        for (long seed = 0; seed < POLICIES / 10; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            Map<String, PolicyRule> rules = new LinkedHashMap<>();
            RuleIndex changed = RuleIndex.of(List.of());
            for (int change = 0; change < 10; change++) {
                List<PolicyRule> come = policy.rules();
                Set<String> gone = new HashSet<>();
                rules.keySet().stream()
                        .filter(id -> policy.one(List.of(true, false, false)))
                        .forEach(gone::add);
                gone.add("unknown");
                come.forEach(rule -> gone.remove(rule.id()));
                changed = changed.with(come, gone);
                rules.keySet().removeAll(gone);
                come.forEach(rule -> rules.put(rule.id(), rule));
                SignInFacts facts = policy.facts();
                List<PolicyRule> own = own(rules.values(), facts);

                Resolution resolution = changed.resolve(facts, own);

                String seeded = "seed %d, change %d".formatted(seed, change);
                assertThat(answer(resolution))
                        .as(seeded)
                        .isEqualTo(answer(RuleIndex.of(rules.values()).resolve(facts, own)));
                assertSame(seeded, resolution, RuleEngine.resolve(rules.values(), facts));
            }
        }
    }

    @Test
    void aChangeLeavesTheIndexItStartsFromAsItWas() {
        for (long seed = 0; seed < POLICIES / 10; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();
            SignInFacts facts = policy.facts();
            RuleIndex index = RuleIndex.of(rules);
            Resolution before = index.resolve(facts, List.of());

            RuleIndex changed = index.with(policy.rules(), Set.of("rule-0", "rule-7"));

            assertThat(index.resolve(facts, List.of())).as("seed %d", seed).isEqualTo(before);
            assertThat(changed).isNotSameAs(index);
        }
    }

    @Test
    void aRuleMayMoveToAnotherScope() {
        SignInFacts facts = Visitor.ann().facts();
        RuleIndex index =
                RuleIndex.of(List.of(Draft.required("r", Draft.global()).done()));

        assertThat(index.with(List.of(Draft.required("r", Draft.tenant("other")).done()), Set.of())
                        .resolve(facts, List.of()))
                .isInstanceOf(Resolution.NotRequired.class);
        assertThat(index.with(List.of(Draft.required("r", Draft.user("bob")).done()), Set.of())
                        .resolve(facts, List.of()))
                .isInstanceOf(Resolution.NotRequired.class);
        assertThat(index.with(
                                List.of(Draft.required("r", Draft.group("finance"))
                                        .done()),
                                Set.of())
                        .resolve(facts, List.of()))
                .isInstanceOf(Resolution.Required.class);
    }

    @Test
    void ofManyRulesItLooksAtThoseThatCouldMatch() {
        List<PolicyRule> rules = IntStream.range(0, 1_000)
                .mapToObj(i -> Draft.required("r" + i, Draft.global())
                        .when(new Condition.IsClient(Set.of("bank")), new Condition.HasRole(Set.of("role-" + i)))
                        .done())
                .toList();

        Resolution resolution =
                RuleIndex.of(rules).resolve(Visitor.ann().as("role-7").facts(), List.of());

        assertThat(resolution).isInstanceOf(Resolution.Required.class);
        assertThat(resolution.trace().entries()).hasSizeLessThan(20);
    }

    private static void assertSame(String seeded, Resolution index, Resolution engine) {
        assertThat(answer(index)).as(seeded).isEqualTo(answer(engine));
        List<Trace.Entry> looked = index.trace().entries();
        assertThat(engine.trace().entries())
                .as(seeded)
                .filteredOn(looked::contains)
                .isEqualTo(looked);
    }

    /** All but the trace. */
    private static List<Object> answer(Resolution resolution) {
        return List.of(
                resolution.getClass(),
                resolution.reasons(),
                resolution.match(
                        none -> List.of(),
                        required -> List.of(required.requirement(), required.grace()),
                        impossible -> List.of()));
    }

    private static List<PolicyRule> own(Collection<PolicyRule> rules, SignInFacts facts) {
        List<PolicyRule> own = new ArrayList<>(rules);
        own.removeIf(
                rule -> !(rule.scope() instanceof Scope.User user && user.user().equals(facts.userId())));
        return own;
    }
}
