package io.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

final class DecisionsTest {

    private static final Set<Method> EVERY_METHOD = Set.of(Method.TOTP, Method.WEBAUTHN, Method.SMS_OTP);
    private static final List<Reason> WHY = List.of(Reason.of("a test"));
    private static final Requirement NO_SMS = new Requirement(Strength.NO_SMS, EVERY_METHOD, Optional.empty());

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);

    @Test
    void whoHasAMethodThatCountsIsChallengedForIt() {
        PolicyDecision decision =
                Decisions.of(NO_SMS, Optional.empty(), facts(Set.of(Method.TOTP, Method.SMS_OTP), EVERY_METHOD), WHY);

        assertThat(decision).isEqualTo(new PolicyDecision.Challenge(NO_SMS, Set.of(Method.TOTP), WHY));
    }

    @Test
    void whoHasOnlyMethodsThatDoNotCountIsSentToEnroll() {
        PolicyDecision decision =
                Decisions.of(NO_SMS, Optional.empty(), facts(Set.of(Method.SMS_OTP), EVERY_METHOD), WHY);

        assertThat(decision).isEqualTo(new PolicyDecision.Enroll(NO_SMS, Optional.empty(), WHY));
    }

    @Test
    void aRecoveryCodeIsNoMethodThatCounts() {
        PolicyDecision decision = Decisions.of(
                Requirement.anyMethod(), Optional.empty(), facts(Set.of(Method.RECOVERY_CODE), EVERY_METHOD), WHY);

        assertThat(decision).isInstanceOf(PolicyDecision.Enroll.class);
    }

    @Test
    void whoCouldEnrollNothingThatCountsIsDenied() {
        assertThat(Decisions.of(NO_SMS, Optional.empty(), facts(Set.of(), Set.of(Method.SMS_OTP)), WHY))
                .isEqualTo(new PolicyDecision.Deny(WHY));
        assertThat(Decisions.of(NO_SMS, Optional.empty(), facts(Set.of(), Set.of()), WHY))
                .isEqualTo(new PolicyDecision.Deny(WHY));
    }

    @Test
    void aChallengeNeedsAMethod() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PolicyDecision.Challenge(NO_SMS, Set.of(), WHY))
                .withMessageContaining("usable is empty");
    }

    @Test
    void aDecisionSaysWhy() {
        List<Reason> none = List.of();

        assertThatIllegalArgumentException().isThrownBy(() -> new PolicyDecision.Skip(none));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PolicyDecision.Challenge(NO_SMS, Set.of(Method.TOTP), none));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PolicyDecision.Enroll(NO_SMS, Optional.empty(), none));
        assertThatIllegalArgumentException().isThrownBy(() -> new PolicyDecision.Deny(none));
    }

    @Test
    void aDecisionCannotBeChangedFromOutside() {
        List<Reason> why = new ArrayList<>(WHY);
        Set<Method> usable = EnumSet.of(Method.TOTP);
        PolicyDecision.Challenge decision = new PolicyDecision.Challenge(NO_SMS, usable, why);

        why.clear();
        usable.add(Method.SMS_OTP);

        assertThat(decision.reasons()).isEqualTo(WHY).isUnmodifiable();
        assertThat(decision.usable()).containsExactly(Method.TOTP).isUnmodifiable();
    }

    @Test
    void onlyWhatCanBeProvedHasARequirement() {
        assertThat(new PolicyDecision.Skip(WHY).requirement()).isEmpty();
        assertThat(new PolicyDecision.Deny(WHY).requirement()).isEmpty();
        assertThat(new PolicyDecision.Enroll(NO_SMS, Optional.empty(), WHY).requirement())
                .contains(NO_SMS);
        assertThat(new PolicyDecision.Challenge(NO_SMS, Set.of(Method.TOTP), WHY).requirement())
                .contains(NO_SMS);
    }

    @Test
    void eachDecisionIsItsOwnCase() {
        List<PolicyDecision> all = List.of(
                new PolicyDecision.Skip(WHY),
                new PolicyDecision.Challenge(NO_SMS, Set.of(Method.TOTP), WHY),
                new PolicyDecision.Enroll(NO_SMS, Optional.empty(), WHY),
                new PolicyDecision.Deny(WHY));

        assertThat(all)
                .extracting(decision -> decision.<Object>match(skip -> skip, challenge -> challenge, e -> e, d -> d))
                .containsExactlyElementsOf(all);
        assertThat(all)
                .extracting(decision -> decision.match(s -> "skip", c -> "challenge", e -> "enroll", d -> "deny"))
                .containsExactly("skip", "challenge", "enroll", "deny");
    }

    @Test
    void aSkipKnowsWhetherARuleSaysSo() {
        Reason rule = new Reason(Optional.of(Level.GLOBAL), Optional.of("r"), 1, "optional for all");

        assertThat(new PolicyDecision.Skip(List.of(rule)).byRule()).isTrue();
        assertThat(new PolicyDecision.Skip(WHY).byRule()).isFalse();
    }

    @Test
    void theProvidersAnswerIsTheDecision() {
        PolicyDecision answer = new PolicyDecision.Skip(WHY);
        when(session.getProvider(MfaPolicyProvider.class)).thenReturn((asked, facts) -> answer);

        PolicyDecision decision = Policy.decide(session, realm, facts(Set.of(), EVERY_METHOD));

        assertThat(decision).isSameAs(answer);
    }

    @Test
    void aPolicyThatCannotBeReadRequiresMfa() {
        MfaPolicyProvider broken = mock(MfaPolicyProvider.class);
        when(broken.decide(any(), any())).thenThrow(new IllegalStateException("database down"));
        when(session.getProvider(MfaPolicyProvider.class)).thenReturn(broken);

        assertThat(Policy.decide(session, realm, facts(Set.of(Method.SMS_OTP), EVERY_METHOD)))
                .isEqualTo(new PolicyDecision.Challenge(
                        Requirement.anyMethod(),
                        Set.of(Method.SMS_OTP),
                        List.of(Reason.of("the policy can't be read"))));
        assertThat(Policy.decide(session, realm, facts(Set.of(), EVERY_METHOD)))
                .isInstanceOf(PolicyDecision.Enroll.class);
    }

    @Test
    void aMissingPolicyProviderRequiresMfa() {
        PolicyDecision decision = Policy.decide(session, realm, facts(Set.of(), EVERY_METHOD));

        assertThat(decision).isInstanceOf(PolicyDecision.Enroll.class);
    }

    private static SignInFacts facts(Set<Method> enrolled, Set<Method> available) {
        return new SignInFacts(
                "ann",
                Set.of(),
                Set.of(),
                Set.of(),
                "bank",
                Optional.empty(),
                Optional.empty(),
                enrolled,
                available,
                Optional.empty(),
                Instant.EPOCH);
    }
}
