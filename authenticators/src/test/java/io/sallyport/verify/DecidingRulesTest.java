package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Level;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DecidingRulesTest {

    @Test
    void theOrderOfTheRulesDoesNotMatter() {
        assertThat(of(rule("a", 1), rule("b", 2))).isEqualTo(of(rule("b", 2), rule("a", 1)));
    }

    @Test
    void anotherRuleAnotherVersionOrOneMoreIsAnotherSet() {
        DecidingRules rules = of(rule("a", 1));

        assertThat(List.of(of(rule("a", 2)), of(rule("b", 1)), of(rule("a", 1), rule("b", 1)), of(rule("a:1", 1))))
                .doesNotContain(rules)
                .doesNotHaveDuplicates();
    }

    @Test
    void idsCannotBeComposedToLookLikeOthers() {
        assertThat(of(rule("a:1 1:b", 1))).isNotEqualTo(of(rule("a", 1), rule("b", 1)));
    }

    private static DecidingRules of(Reason... reasons) {
        return DecidingRules.of(new PolicyDecision.Deny(List.of(reasons)));
    }

    private static Reason rule(String id, long version) {
        return new Reason(Optional.of(Level.GLOBAL), Optional.of(id), version, "a test");
    }
}
