package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Level;
import io.sallyport.policy.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All 81 combinations of {unset, required, off} over user, group, tenant and global. */
final class PrecedenceTest {

    private enum Says {
        UNSET,
        REQUIRED,
        OFF
    }

    private record Combination(Says user, Says group, Says tenant, Says global) {

        List<PolicyRule> rules() {
            List<PolicyRule> rules = new ArrayList<>();
            add(rules, global, "of global", Draft.global());
            add(rules, tenant, "of tenant", Draft.tenant("acme"));
            add(rules, group, "of group", Draft.group("finance"));
            add(rules, user, "of user", Draft.user(Visitor.ID));
            return rules;
        }

        private static void add(List<PolicyRule> rules, Says says, String id, Scope scope) {
            if (says != Says.UNSET) {
                rules.add(Draft.rule(id, scope, says == Says.REQUIRED).done());
            }
        }

        /** The documented precedence, spelled out. */
        String expected() {
            if (user == Says.REQUIRED) {
                return "required by USER";
            }
            if (user == Says.OFF) {
                return "off by USER";
            }
            if (group == Says.REQUIRED) {
                return "required by GROUP";
            }
            if (group == Says.OFF) {
                return "off by GROUP";
            }
            if (tenant == Says.REQUIRED) {
                return "required by TENANT";
            }
            if (tenant == Says.OFF) {
                return "off by TENANT";
            }
            if (global == Says.REQUIRED) {
                return "required by GLOBAL";
            }
            return global == Says.OFF ? "off by GLOBAL" : "off by nobody";
        }
    }

    static Stream<Combination> combinations() {
        return Stream.of(Says.values())
                .flatMap(user -> Stream.of(Says.values())
                        .flatMap(group -> Stream.of(Says.values())
                                .flatMap(tenant -> Stream.of(Says.values())
                                        .map(global -> new Combination(user, group, tenant, global)))));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void theMostSpecificLevelWithAnAnswerDecides(Combination combination) {
        Resolution resolution =
                RuleEngine.resolve(combination.rules(), Visitor.ann().facts());

        assertThat(answer(resolution)).isEqualTo(combination.expected());
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void theReasonNamesTheRuleOfTheDecidingLevelAndItsVersion(Combination combination) {
        Resolution resolution =
                RuleEngine.resolve(combination.rules(), Visitor.ann().facts());

        Reason reason = resolution.reasons().get(0);
        assertThat(resolution.reasons()).hasSize(1);
        assertThat(reason.rule())
                .isEqualTo(reason.level().map(level -> "of " + level.name().toLowerCase(Locale.ROOT)));
        assertThat(reason.version()).isEqualTo(combination.rules().isEmpty() ? 0 : 3);
    }

    @Test
    void fortyCombinationsRequireMfaAndFortyOneDoNot() {
        List<String> answers = combinations()
                .map(each ->
                        answer(RuleEngine.resolve(each.rules(), Visitor.ann().facts())))
                .toList();

        // by hand: 27 decided by the user, 9 by the group, 3 by the tenant, 1 by the realm; as many the other way
        assertThat(answers).hasSize(81);
        assertThat(answers.stream().filter("required by USER"::equals)).hasSize(27);
        assertThat(answers.stream().filter(answer -> answer.startsWith("required")))
                .hasSize(40);
        assertThat(answers.stream().filter("off by nobody"::equals)).hasSize(1);
    }

    private static String answer(Resolution resolution) {
        String by = resolution.reasons().get(0).level().map(Level::name).orElse("nobody");
        return resolution.match(
                notRequired -> "off by " + by, required -> "required by " + by, impossible -> "impossible by " + by);
    }
}
