package io.sallyport.population.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.Strength;
import io.sallyport.verify.Assessment;
import io.sallyport.verify.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EffectTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<Reason> WHY = List.of(Reason.of("a test"));
    private static final PolicyDecision SKIP = new PolicyDecision.Skip(WHY);
    private static final PolicyDecision ANY = challenge(Requirement.anyMethod(), Method.TOTP);
    private static final PolicyDecision KEY = challenge(
            new Requirement(Strength.PHISHING_RESISTANT, Set.of(Method.WEBAUTHN), Optional.empty()), Method.WEBAUTHN);
    private static final PolicyDecision YOUNG = challenge(
            new Requirement(
                    Strength.ANY,
                    Set.of(Method.TOTP, Method.WEBAUTHN, Method.SMS_OTP),
                    Optional.of(Duration.ofMinutes(5))),
            Method.TOTP);
    private static final PolicyDecision ENROLL =
            new PolicyDecision.Enroll(Requirement.anyMethod(), Optional.empty(), WHY);
    private static final PolicyDecision DENY = new PolicyDecision.Deny(WHY);

    private static final List<Evidence> NOTHING = List.of();
    private static final List<Evidence> APP =
            List.of(new Evidence("e", Method.TOTP, NOW.minusSeconds(3_600), List.of("otp", "mfa")));

    static Stream<Arguments> effects() {
        return Stream.of(
                arguments(SKIP, NOTHING, SKIP, Effect.NONE),
                arguments(SKIP, NOTHING, ANY, Effect.ASKED),
                arguments(SKIP, NOTHING, ENROLL, Effect.ASKED),
                arguments(SKIP, NOTHING, DENY, Effect.REFUSED),
                arguments(SKIP, APP, ANY, Effect.NONE),
                arguments(SKIP, APP, KEY, Effect.ASKED),
                arguments(SKIP, APP, YOUNG, Effect.ASKED),
                arguments(ANY, NOTHING, ANY, Effect.NONE),
                arguments(ANY, NOTHING, ENROLL, Effect.NONE),
                arguments(ANY, NOTHING, KEY, Effect.ASKED),
                arguments(ANY, APP, KEY, Effect.ASKED),
                arguments(ANY, NOTHING, YOUNG, Effect.ASKED),
                arguments(KEY, NOTHING, ANY, Effect.NONE),
                arguments(YOUNG, NOTHING, ANY, Effect.NONE),
                arguments(ANY, NOTHING, SKIP, Effect.SPARED),
                arguments(ANY, APP, SKIP, Effect.SPARED),
                arguments(DENY, NOTHING, SKIP, Effect.SPARED),
                arguments(DENY, NOTHING, ANY, Effect.NONE),
                arguments(DENY, NOTHING, DENY, Effect.NONE),
                arguments(ANY, NOTHING, DENY, Effect.REFUSED));
    }

    @ParameterizedTest
    @MethodSource("effects")
    void anEffectIsWhatIsDifferent(PolicyDecision is, List<Evidence> active, PolicyDecision would, Effect effect) {
        Assessment found =
                new Assessment(is, active, active.stream().findFirst(), Optional.empty(), false, Optional.empty(), NOW);

        assertThat(Effect.of(found, would)).isEqualTo(effect);
    }

    private static PolicyDecision challenge(Requirement requirement, Method method) {
        return new PolicyDecision.Challenge(requirement, Set.of(method), WHY);
    }
}
