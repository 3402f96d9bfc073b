package io.sallyport.form;

import static io.sallyport.policy.Method.EMAIL_CODE;
import static io.sallyport.policy.Method.RECOVERY_CODE;
import static io.sallyport.policy.Method.SMS_OTP;
import static io.sallyport.policy.Method.TEMPORARY_PASS;
import static io.sallyport.policy.Method.TOTP;
import static io.sallyport.policy.Method.WEBAUTHN;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Method;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PreferenceTest {

    private static final EnumSet<Method> ALL = EnumSet.allOf(Method.class);

    @Test
    void theStrongestComesFirst() {
        assertThat(Preference.order(ALL, List.of()))
                .containsExactly(WEBAUTHN, TOTP, SMS_OTP, RECOVERY_CODE, TEMPORARY_PASS, EMAIL_CODE);
    }

    @Test
    void whatWasUsedLastComesBeforeTheStrongest() {
        assertThat(Preference.order(ALL, List.of(TOTP))).startsWith(TOTP, WEBAUTHN);
        assertThat(Preference.order(ALL, List.of(TOTP, WEBAUTHN))).startsWith(TOTP, WEBAUTHN);
        assertThat(Preference.order(ALL, List.of(WEBAUTHN, TOTP))).startsWith(WEBAUTHN, TOTP);
    }

    @Test
    void aFallbackNeverComesFirst() {
        assertThat(Preference.order(ALL, List.of(TEMPORARY_PASS, SMS_OTP, RECOVERY_CODE)))
                .containsExactly(WEBAUTHN, TOTP, SMS_OTP, RECOVERY_CODE, TEMPORARY_PASS, EMAIL_CODE);
    }

    @Test
    void useMattersOnlyBetweenThoseThatAreNoFallback() {
        assertThat(Preference.isByUse(ALL)).isTrue();
        assertThat(Preference.isByUse(EnumSet.of(TOTP, SMS_OTP, RECOVERY_CODE))).isFalse();
        assertThat(Preference.isByUse(EnumSet.noneOf(Method.class))).isFalse();
    }

    @Test
    void onlyWhatIsOfferedIsInTheOrder() {
        assertThat(Preference.order(EnumSet.of(SMS_OTP, TOTP), List.of(WEBAUTHN, SMS_OTP)))
                .containsExactly(TOTP, SMS_OTP);
    }
}
