package io.sallyport.policy.rules;

import static io.sallyport.policy.rules.Draft.global;
import static io.sallyport.policy.rules.Draft.required;
import static io.sallyport.policy.rules.Draft.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Strength;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PolicyDiffTest {

    private static final PolicyRule ALL = required("all", global()).done();
    private static final PolicyRule ACME = required("acme", tenant("acme")).done();
    private static final PolicyRule STRONG_ACME =
            required("acme", tenant("acme")).strength(Strength.NO_SMS).done();

    @Test
    void whatSaysTheSameIsNoChange() {
        assertThat(PolicyDiff.of(List.of(ALL, ACME), List.of(ACME, ALL))).isEmpty();
        assertThat(PolicyDiff.of(List.of(ALL), List.of(ALL.as("read anew")))).isEmpty();
    }

    @Test
    void whatIsNewIsMadeAndWhatIsGoneIsDeletedFirst() {
        List<PolicyChange> changes = PolicyDiff.of(List.of(ALL), List.of(ACME));

        assertThat(changes)
                .containsExactly(
                        new PolicyChange("all", Optional.of(ALL), Optional.empty()),
                        new PolicyChange("acme", Optional.empty(), Optional.of(ACME)));
        assertThat(changes)
                .extracting(PolicyChange::kind)
                .containsExactly(PolicyChange.Kind.DELETED, PolicyChange.Kind.CREATED);
    }

    @Test
    void aRuleOfTheSameIdIsChanged() {
        assertThat(PolicyDiff.of(List.of(ALL, ACME), List.of(ALL, STRONG_ACME)))
                .containsExactly(new PolicyChange("acme", Optional.of(ACME), Optional.of(STRONG_ACME)))
                .extracting(PolicyChange::kind)
                .containsExactly(PolicyChange.Kind.UPDATED);
    }

    @Test
    void withoutItsIdARuleIsKnownByScopeAndConditionsAndKeepsItsId() {
        assertThat(PolicyDiff.of(List.of(ACME), List.of(STRONG_ACME.as("read anew"))))
                .containsExactly(new PolicyChange("acme", Optional.of(ACME), Optional.of(STRONG_ACME)));
    }

    @Test
    void aRuleIsTakenForAnotherOnlyOnce() {
        PolicyRule twin = STRONG_ACME.as("twin");

        assertThat(PolicyDiff.of(List.of(ACME), List.of(ACME, twin)))
                .containsExactly(new PolicyChange("twin", Optional.empty(), Optional.of(twin)));
    }
}
