package io.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequirementTest {

    @Test
    void aRequirementThatNobodyCouldMeetIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Requirement(Strength.ANY, Set.of(), Optional.empty()))
                .withMessage("methods is empty: nobody could pass");
    }

    @Test
    void aProofCountsIfItsMethodIsListedAndStrongEnough() {
        Requirement requirement =
                new Requirement(Strength.NO_SMS, Set.of(Method.TOTP, Method.SMS_OTP), Optional.empty());

        assertThat(Method.values()).filteredOn(requirement::accepts).containsExactly(Method.TOTP);
    }

    @Test
    void theRequirementOfAnUnreadablePolicyTakesEveryMethodButNoRecoveryCode() {
        assertThat(Method.values())
                .filteredOn(Requirement.anyMethod()::accepts)
                .containsExactly(Method.TOTP, Method.WEBAUTHN, Method.SMS_OTP);
    }

    @Test
    void theMethodsCannotBeChangedFromOutside() {
        Set<Method> methods = EnumSet.of(Method.TOTP);
        Requirement requirement = new Requirement(Strength.ANY, methods, Optional.empty());

        methods.add(Method.SMS_OTP);

        assertThat(requirement.methods()).containsExactly(Method.TOTP).isUnmodifiable();
    }

    @ParameterizedTest
    @CsvSource({
        "ANY, TOTP, true",
        "ANY, WEBAUTHN, true",
        "ANY, SMS_OTP, true",
        "NO_SMS, TOTP, true",
        "NO_SMS, WEBAUTHN, true",
        "NO_SMS, SMS_OTP, false",
        "NO_SMS, EMAIL_CODE, false",
        "PHISHING_RESISTANT, TOTP, false",
        "PHISHING_RESISTANT, WEBAUTHN, true",
        "PHISHING_RESISTANT, SMS_OTP, false",
        "PHISHING_RESISTANT, RECOVERY_CODE, false"
    })
    void aStrengthTakesTheMethodsThatAreStrongEnough(Strength strength, Method method, boolean accepted) {
        assertThat(strength.accepts(method)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({
        "ANY, ANY, ANY",
        "ANY, NO_SMS, NO_SMS",
        "NO_SMS, NO_SMS, NO_SMS",
        "NO_SMS, PHISHING_RESISTANT, PHISHING_RESISTANT",
        "ANY, PHISHING_RESISTANT, PHISHING_RESISTANT"
    })
    void ofTwoStrengthsTheStricterHolds(Strength one, Strength other, Strength stricter) {
        assertThat(one.and(other)).isEqualTo(stricter);
        assertThat(other.and(one)).isEqualTo(stricter);
    }

    @ParameterizedTest
    @EnumSource
    void aMethodIsFoundByItsName(Method method) {
        assertThat(Method.named(method.name())).contains(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"totp", "TOTP ", "", "SMS-OTP", "sms_otp", "HOTP"})
    void anotherSpellingIsNoMethod(String name) {
        assertThat(Method.named(name)).isEmpty();
    }

    @Test
    void whatOnlyLeadsToAFactorIsNotEnrolled() {
        assertThat(Method.values())
                .filteredOn(method -> !method.enrollable())
                .containsExactly(Method.RECOVERY_CODE, Method.TEMPORARY_PASS, Method.EMAIL_CODE);
    }
}
