package io.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.event.Detail;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {

    @Test
    void aTextThatIsFineStaysAsItIs() {
        assertThat(Redaction.text("Zoë's \"key\" 🔑, ключ", 255)).contains("Zoë's \"key\" 🔑, ключ");
    }

    @Test
    void aTextCannotStartANewLine() {
        assertThat(Redaction.text("a\r\nb\nc\u0085d\u2028e\u2029f", 255)).contains("a  b c d e f");
    }

    @Test
    void aTextCannotDriveATerminal() {
        assertThat(Redaction.text("\u001b[31mred\u009b0m\u0007\u0000\u007f.", 255))
                .contains("[31mred 0m   .");
    }

    @Test
    void aTextCannotTurnTheReadingDirectionOrHideCharacters() {
        assertThat(Redaction.text("a\u202eb\u2066c\u200bd\ufeffe", 255)).contains("a b c d e");
    }

    @Test
    void aHalfCharacterIsNotKept() {
        assertThat(Redaction.text("a\ud83db\udd11c", 255)).contains("a b c");
    }

    @Test
    void aLookupIsJustText() {
        assertThat(Redaction.text("${jndi:ldap://evil/x} ${env:HOME}", 255))
                .contains("${jndi:ldap://evil/x} ${env:HOME}");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(Redaction.text("x".repeat(10_240), 255).orElseThrow()).hasSize(255);
    }

    @Test
    void theCutIsNotThroughACharacter() {
        assertThat(Redaction.text("x".repeat(254) + "🔑", 255)).contains("x".repeat(254));
        assertThat(Redaction.text("x".repeat(253) + "🔑", 255)).contains("x".repeat(253) + "🔑");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t", "\u2028"})
    void aTextWithNothingToSeeIsNone(String text) {
        assertThat(Redaction.text(text, 255)).isEmpty();
    }

    @Test
    void noTextIsNone() {
        assertThat(Redaction.text(null, 255)).isEmpty();
    }

    @Test
    void listedDetailsPass() {
        Map<String, String> listed = Map.of(
                Detail.ENROLLMENT_ID,
                "e-1",
                Detail.LOCKED_UNTIL,
                "1767225600",
                Detail.SETTING,
                "mfa.claim.ttl",
                Detail.BEFORE,
                "300",
                Detail.AFTER,
                "60");

        assertThat(Redaction.details(listed)).isEqualTo(listed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code",
                "otp",
                "totp",
                "secret",
                "password",
                "recovery_code",
                "token",
                "access_token",
                "phone",
                "phone_number",
                "username",
                "email",
                "credential_data",
                "mfa_ack",
                "ENROLLMENT_ID",
                "enrollment_id "
            })
    void aDetailThatIsNotListedIsDropped(String name) {
        assertThat(Redaction.details(Map.of(name, "493817"))).isEmpty();
    }

    @Test
    void whatPassesIsMadeHarmlessToo() {
        Map<String, String> details = new HashMap<>();
        details.put(Detail.ENROLLMENT_ID, "e\r\n\u001b[2J" + "x".repeat(1000));

        assertThat(Redaction.details(details).get(Detail.ENROLLMENT_ID))
                .startsWith("e   [2Jx")
                .hasSize(255);
    }
}
