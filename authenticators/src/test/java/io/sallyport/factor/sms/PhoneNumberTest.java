package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhoneNumberTest {

    @Test
    void itPrintsItselfMasked() {
        PhoneNumber number = PhoneNumber.ofE164("+4915112345678");

        assertThat(number).hasToString("••••••78");
        assertThat(new SendRequest(
                                "realm",
                                "user",
                                "challenge",
                                number,
                                java.util.Optional.of("192.0.2.1"),
                                java.util.List.of())
                        .toString())
                .doesNotContain("5112345");
        assertThat(number.prefix()).isEqualTo("+491511234");
        assertThat(number).isEqualTo(PhoneNumber.ofE164("+4915112345678")).hasSameHashCodeAs("+4915112345678");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "4915112345678", "+0915112345678", "+49 15112345678", "+1234567890123456"})
    void nothingElseIsANumber(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PhoneNumber.ofE164(text));
    }
}
