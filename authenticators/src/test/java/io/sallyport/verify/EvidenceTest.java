package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Method;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.Strength;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class EvidenceTest {

    private static final Instant PROVED = Instant.parse("2026-03-01T12:00:00Z");
    private static final Set<Method> EVERY_METHOD = Set.of(Method.TOTP, Method.WEBAUTHN, Method.SMS_OTP);

    @ParameterizedTest
    @CsvSource({
        "TOTP, ANY, true",
        "TOTP, NO_SMS, true",
        "TOTP, PHISHING_RESISTANT, false",
        "WEBAUTHN, PHISHING_RESISTANT, true",
        "SMS_OTP, ANY, true",
        "SMS_OTP, NO_SMS, false",
        "RECOVERY_CODE, ANY, true",
        "RECOVERY_CODE, NO_SMS, true",
        "RECOVERY_CODE, PHISHING_RESISTANT, false",
        "TEMPORARY_PASS, ANY, false"
    })
    void evidenceMeetsARequirementOfItsStrength(Method method, Strength strength, boolean meets) {
        Requirement requirement = new Requirement(strength, EVERY_METHOD, Optional.empty());

        assertThat(by(method).meets(requirement, PROVED)).isEqualTo(meets);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void whatWasNotMoreThanOneFactorMeetsNothing(Method method) {
        Evidence evidence = new Evidence("e", method, PROVED, List.of("hwk"));

        assertThat(evidence.meets(requiring(EVERY_METHOD, Optional.empty()), PROVED))
                .isFalse();
    }

    @Test
    void evidenceMeetsARequirementThatListsItsMethod() {
        assertThat(by(Method.TOTP).meets(requiring(Set.of(Method.TOTP), Optional.empty()), PROVED))
                .isTrue();
        assertThat(by(Method.TOTP).meets(requiring(Set.of(Method.WEBAUTHN), Optional.empty()), PROVED))
                .isFalse();
    }

    @Test
    void evidenceIsTooOldAtTheEndOfTheAge() {
        Requirement requirement = requiring(EVERY_METHOD, Optional.of(Duration.ofMinutes(5)));
        Evidence evidence = by(Method.TOTP);

        assertThat(evidence.meets(requirement, PROVED)).isTrue();
        assertThat(evidence.meets(requirement, PROVED.plusMillis(299_999))).isTrue();
        assertThat(evidence.meets(requirement, PROVED.plusSeconds(300))).isFalse();
        assertThat(evidence.meets(requirement, PROVED.plusSeconds(301))).isFalse();
    }

    @Test
    void withoutAnAgeEvidenceHoldsForTheLifeOfTheSession() {
        Requirement requirement = requiring(EVERY_METHOD, Optional.empty());

        assertThat(by(Method.TOTP).meets(requirement, PROVED.plus(Duration.ofDays(400))))
                .isTrue();
    }

    @Test
    void youthIsNoSubstituteForTheMethodNorTheMethodForYouth() {
        Optional<Duration> age = Optional.of(Duration.ofMinutes(5));

        assertThat(by(Method.TOTP).meets(requiring(Set.of(Method.WEBAUTHN), age), PROVED))
                .isFalse();
        assertThat(by(Method.TOTP).meets(requiring(Set.of(Method.TOTP), age), PROVED.plusSeconds(600)))
                .isFalse();
    }

    @Test
    void claimsEndWithTheirAge() {
        Evidence evidence = by(Method.TOTP);

        assertThat(evidence.youngerThan(Duration.ofSeconds(30), PROVED.plusMillis(29_999)))
                .isTrue();
        assertThat(evidence.youngerThan(Duration.ofSeconds(30), PROVED.plusSeconds(30)))
                .isFalse();
    }

    @Test
    void evidenceCannotBeChangedFromOutside() {
        List<String> amr = new ArrayList<>(List.of("pwd", "otp"));
        Evidence evidence = new Evidence("e", Method.TOTP, PROVED, amr);

        amr.add("hwk");

        assertThat(evidence.amr()).containsExactly("pwd", "otp").isUnmodifiable();
    }

    private static Evidence by(Method method) {
        return new Evidence("e", method, PROVED, List.of("pwd", "otp", "mfa"));
    }

    private static Requirement requiring(Set<Method> methods, Optional<Duration> maxAge) {
        return new Requirement(Strength.ANY, methods, maxAge);
    }
}
