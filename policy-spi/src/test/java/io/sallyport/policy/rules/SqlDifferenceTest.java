package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Grace;
import io.sallyport.policy.Method;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.SignInFacts;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine and its index against a database that resolves the same rules in SQL (POL-01, POL-02). */
final class SqlDifferenceTest {

    private static final int POLICIES = 20_000;
    private static final String NO_RULE = "no rule";

    @Test
    void rulesComeToTheSameInTheEngineInTheIndexAndInSql() throws Exception {
        Map<Long, String> answers;
        try (PolicyTables tables = new PolicyTables()) {
            for (long seed = 0; seed < POLICIES; seed++) {
                RandomPolicy policy = new RandomPolicy(seed);
                tables.add(seed, policy.rules(), policy.facts());
            }
            answers = tables.resolve();
        }
        for (long seed = 0; seed < POLICIES; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();
            SignInFacts facts = policy.facts();

            Resolution engine = RuleEngine.resolve(rules, facts);
            Resolution index = RuleIndex.of(rules).resolve(facts, own(rules));

            String expected = answers.getOrDefault(seed, NO_RULE);
            assertThat(answer(engine)).as("engine, seed %d", seed).isEqualTo(expected);
            assertThat(answer(index)).as("index, seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void everyOutcomeAtEveryLevelAndEveryConditionIsCommonAmongThem() {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 0; seed < POLICIES; seed++) {
            RandomPolicy policy = new RandomPolicy(seed);
            List<PolicyRule> rules = policy.rules();
            SignInFacts facts = policy.facts();
            happened(rules, facts, RuleEngine.resolve(rules, facts)).forEach(what -> seen.merge(what, 1, Integer::sum));
        }

        assertThat(seen)
                .containsOnlyKeys(
                        "no rule",
                        "USER required",
                        "USER off",
                        "USER impossible",
                        "GROUP required",
                        "GROUP off",
                        "GROUP impossible",
                        "TENANT required",
                        "TENANT off",
                        "TENANT impossible",
                        "GLOBAL required",
                        "GLOBAL off",
                        "GLOBAL impossible",
                        "with grace",
                        "decided by several",
                        "decided by inside_networks",
                        "decided by outside_networks",
                        "decided by identity_providers",
                        "decided by roles",
                        "decided by clients",
                        "decided by a rule newer than the session",
                        "skipped: condition inside_networks",
                        "skipped: condition outside_networks",
                        "skipped: condition identity_providers",
                        "skipped: condition roles",
                        "skipped: condition clients",
                        "skipped: ended",
                        "skipped: not begun",
                        "skipped: newer than the session",
                        "skipped: other scope",
                        "skipped: state DISABLED",
                        "skipped: state REPORT_ONLY")
                .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(POLICIES / 200));
    }

    private static Set<String> happened(List<PolicyRule> rules, SignInFacts facts, Resolution resolution) {
        Stream<String> skipped = resolution.trace().entries().stream()
                .flatMap(entry -> entry.skippedBecause().stream())
                .map("skipped: "::concat);
        Set<String> ids = Set.of(rules(resolution).split(","));
        List<PolicyRule> deciding =
                rules.stream().filter(rule -> ids.contains(rule.id())).toList();
        Stream<String> conditions = deciding.stream()
                .flatMap(rule -> rule.when().stream())
                .map(condition -> "decided by " + condition.name());
        Stream<String> newer = deciding.stream()
                .filter(rule -> facts.refreshOfSessionSince()
                        .filter(rule.changedAt()::isAfter)
                        .isPresent())
                .map(rule -> "decided by a rule newer than the session");
        String grace = resolution.match(
                none -> "",
                required -> required.grace().map(some -> "with grace").orElse(""),
                impossible -> "");
        String several = deciding.size() > 1 ? "decided by several" : "";
        return Stream.of(
                        skipped,
                        conditions,
                        newer,
                        Stream.of(level(resolution) + kind(resolution), grace, several)
                                .filter(what -> !what.isEmpty()))
                .flatMap(what -> what)
                .collect(Collectors.toSet());
    }

    private static String answer(Resolution resolution) {
        if (level(resolution).isEmpty()) {
            return NO_RULE;
        }
        String by = level(resolution) + " " + rules(resolution);
        return by
                + kind(resolution)
                + resolution.match(none -> "", required -> text(required.requirement(), required.grace()), i -> "");
    }

    private static String text(Requirement requirement, Optional<Grace> grace) {
        return " " + requirement.strength()
                + " "
                + requirement.methods().stream().map(Method::name).sorted().collect(Collectors.joining(","))
                + " age " + orNull(requirement.maxAge().map(Duration::toSeconds))
                + " grace "
                + grace.map(some -> orNull(some.time().map(Duration::toSeconds)) + " " + orNull(some.skips()))
                        .orElse("");
    }

    private static String orNull(Optional<?> number) {
        return number.map(String::valueOf).orElse("null");
    }

    private static String level(Resolution resolution) {
        return resolution.reasons().get(0).level().map(Enum::name).orElse("");
    }

    private static String kind(Resolution resolution) {
        return level(resolution).isEmpty()
                ? NO_RULE
                : resolution.match(none -> " off", required -> " required", impossible -> " impossible");
    }

    private static String rules(Resolution resolution) {
        return resolution.reasons().stream()
                .flatMap(reason -> reason.rule().stream())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static List<PolicyRule> own(Collection<PolicyRule> rules) {
        return rules.stream().filter(rule -> rule.scope() instanceof Scope.User).toList();
    }
}
