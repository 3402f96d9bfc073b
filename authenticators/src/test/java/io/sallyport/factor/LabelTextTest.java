package io.sallyport.factor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelTextTest {

    private static final String WOMAN_AT_A_COMPUTER = "\ud83d\udc69\u200d\ud83d\udcbb";
    private static final String HEART = "\u2764\ufe0f";

    @ParameterizedTest
    @DisplayName("A name is what people read, in any script, with the joiners that it takes")
    @ValueSource(
            strings = {
                "",
                "phone",
                " my phone ",
                "=1+1",
                "'\"<b>${x}",
                WOMAN_AT_A_COMPUTER,
                HEART,
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                "e\u0301"
            })
    void isFine(String label) {
        assertThat(LabelText.isFine(label)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("AUD-04: it is no name that starts a line, turns it, or shows nothing")
    @ValueSource(
            strings = {
                "a\nb",
                "a\u0000b",
                "a\u0085b",
                "a\u2028b",
                "a\u202eb",
                "a\u2066b",
                "a\ufeffb",
                "a\u00adb",
                "a\ud83d",
                "\udd11b",
                " ",
                "\u00a0\u3000",
                "\u200d",
                "\u200c\u200d\u200c",
                "\ufe0f",
                "\u0301\u20dd",
                "\u3164",
                "phone\u3164",
                "\u115f\u1160",
                "\uffa0",
                "\u2800",
                "a\u034fb",
                "a\u17b4b"
            })
    void isNotFine(String label) {
        assertThat(LabelText.isFine(label)).isFalse();
    }

    @ParameterizedTest
    @DisplayName("It has at most 64 characters")
    @ValueSource(ints = {63, 64, 65, 1_000})
    void hasAnEnd(int length) {
        assertThat(LabelText.isFine("x".repeat(length))).isEqualTo(length <= 64);
    }
}
