package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import io.sallyport.policy.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class AssessmentTest {

    private static final List<Reason> WHY = List.of(Reason.of("a test"));
    private static final PolicyDecision SKIP = new PolicyDecision.Skip(WHY);
    private static final PolicyDecision CHALLENGE =
            new PolicyDecision.Challenge(Requirement.anyMethod(), Set.of(Method.TOTP), WHY);
    private static final PolicyDecision ENROLL =
            new PolicyDecision.Enroll(Requirement.anyMethod(), Optional.empty(), WHY);
    private static final PolicyDecision DENY = new PolicyDecision.Deny(WHY);

    private static final Optional<Evidence> NONE = Optional.empty();
    private static final Optional<Evidence> SOME =
            Optional.of(new Evidence("e", Method.TOTP, Instant.EPOCH, List.of()));

    static Stream<Arguments> whoMayPass() {
        return Stream.of(
                arguments(SKIP, NONE), arguments(SKIP, SOME), arguments(CHALLENGE, SOME), arguments(ENROLL, SOME));
    }

    static Stream<Arguments> whoMayNot() {
        return Stream.of(
                arguments(CHALLENGE, NONE, "challenge"),
                arguments(ENROLL, NONE, "enroll"),
                arguments(DENY, NONE, "deny"),
                arguments(DENY, SOME, "deny"));
    }

    @ParameterizedTest
    @MethodSource("whoMayPass")
    void whoNeedsNothingOrHasProvedItPassesAndNothingIsLeftToDo(PolicyDecision decision, Optional<Evidence> evidence) {
        Assessment assessment = assessment(decision, evidence);

        assertThat(assessment.passes()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> todo(assessment)).withMessage("nothing is open");
    }

    @ParameterizedTest
    @MethodSource("whoMayNot")
    void everybodyElseHasSomethingLeftToDo(PolicyDecision decision, Optional<Evidence> evidence, String todo) {
        Assessment assessment = assessment(decision, evidence);

        assertThat(assessment.passes()).isFalse();
        assertThat(todo(assessment)).isEqualTo(todo);
    }

    @ParameterizedTest
    @MethodSource("whoMayPass")
    void aRefreshAfterTheProvedFactorIsGoneDoesNotPass(PolicyDecision decision, Optional<Evidence> evidence) {
        assertThat(new Assessment(
                                decision, List.of(), evidence, Optional.empty(), true, Optional.empty(), Instant.EPOCH)
                        .passes())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("everyDecision")
    void aWaiverStandsInForEnrollingOnly(PolicyDecision decision, boolean passes) {
        Waiver waiver = new Waiver(Waiver.Kind.GRACE, Instant.MAX);

        Assessment assessment =
                new Assessment(decision, List.of(), NONE, Optional.of(waiver), false, Optional.empty(), Instant.EPOCH);

        assertThat(assessment.passes()).isEqualTo(passes);
        assertThat(new Assessment(decision, List.of(), NONE, Optional.of(waiver), true, Optional.empty(), Instant.EPOCH)
                        .passes())
                .isFalse();
    }

    static Stream<Arguments> everyDecision() {
        return Stream.of(
                arguments(SKIP, true), arguments(CHALLENGE, false), arguments(ENROLL, true), arguments(DENY, false));
    }

    @ParameterizedTest
    @MethodSource("decisionsOnATrustedBrowser")
    void aTrustedBrowserStandsInForAProofOnly(PolicyDecision decision, boolean passes) {
        Waiver waiver = new Waiver(Waiver.Kind.TRUSTED_DEVICE, Instant.MAX);

        Assessment assessment =
                new Assessment(decision, List.of(), NONE, Optional.of(waiver), false, Optional.empty(), Instant.EPOCH);

        assertThat(assessment.passes()).isEqualTo(passes);
    }

    static Stream<Arguments> decisionsOnATrustedBrowser() {
        return Stream.of(
                arguments(SKIP, true), arguments(CHALLENGE, true), arguments(ENROLL, false), arguments(DENY, false));
    }

    @Test
    void nothingIsLeftToDoForAnOrphanedSessionThatNeedsNothing() {
        Assessment orphaned =
                new Assessment(SKIP, List.of(), NONE, Optional.empty(), true, Optional.empty(), Instant.EPOCH);

        assertThatIllegalStateException().isThrownBy(() -> todo(orphaned)).withMessage("nothing is open");
    }

    @Test
    void aProvidersWordLetsPassAndMakesNothingStronger() {
        Assessment exempt = vouched(CHALLENGE, Vouching.Kind.EXEMPT);
        Assessment unsupported = vouched(ENROLL, Vouching.Kind.UNSUPPORTED);

        assertThat(exempt.passes()).isTrue();
        assertThat(exempt.demanded()).isEqualTo(CHALLENGE);
        assertThat(unsupported.passes()).isFalse();
        assertThat(unsupported.demanded()).isInstanceOf(PolicyDecision.Deny.class);
        assertThat(assessment(CHALLENGE, NONE).demanded()).isEqualTo(CHALLENGE);
    }

    private static Assessment vouched(PolicyDecision ruled, Vouching.Kind kind) {
        return new Assessment(
                ruled,
                List.of(),
                NONE,
                Optional.empty(),
                false,
                Optional.of(new Vouching(kind, "corp")),
                Instant.EPOCH);
    }

    private static Assessment assessment(PolicyDecision decision, Optional<Evidence> evidence) {
        return new Assessment(decision, List.of(), evidence, Optional.empty(), false, Optional.empty(), Instant.EPOCH);
    }

    private static String todo(Assessment assessment) {
        return assessment.whenOpen(challenge -> "challenge", enroll -> "enroll", deny -> "deny");
    }
}
