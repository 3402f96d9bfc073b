package io.sallyport.factor.totp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodeTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"000000", "123456", "1234567", "12345678", "99999999"})
    void sixToEightDigitsAreACode(String text) {
        assertThat(CodeText.wellFormed(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12345",
                "123456789",
                " 123456",
                "123456 ",
                "123 456",
                "123-456",
                "+123456",
                "-123456",
                "123456\n",
                "\r\n123456",
                "123456\0",
                "1234.6",
                "0x1234",
                "12345a",
                "1e5000",
                "١٢٣٤٥٦", // Arabic-Indic
                "१२३४५६", // Devanagari
                "１２３４５６", // full width
                "12345６",
                "𝟏𝟐𝟑𝟒𝟓𝟔" // mathematical, two chars each
            })
    void anythingElseIsNone(String text) {
        assertThat(CodeText.wellFormed(text)).isFalse();
    }

    @Test
    void tenKilobytesOfDigitsAreNoCode() {
        assertThat(CodeText.wellFormed("1".repeat(10_240))).isFalse();
    }
}
