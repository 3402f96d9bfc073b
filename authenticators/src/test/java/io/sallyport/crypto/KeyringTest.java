package io.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sallyport.factor.sms.Scopes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyringTest {

    @Test
    void theFirstKeyIsCurrentAndEveryKeyIsKnown() {
        String old = Keyring.parse(Boxes.line("2025.12_a")).currentId();

        Keyring keys = Keyring.parse(Boxes.line("2026-03") + "\n" + Boxes.line("2025.12_a") + "\n");

        assertThat(keys.currentId()).startsWith("2026-03");
        assertThat(old).startsWith("2025.12_a");
        assertThat(keys.key(keys.currentId())).isEqualTo(SecretBytes.of(Boxes.key("2026-03")));
        assertThat(keys.key(old)).isEqualTo(SecretBytes.of(Boxes.key("2025.12_a")));
    }

    @Test
    void theKeysOfTheFileCountBeforeThoseOfTheConfiguration(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("keys"), Boxes.line("file"));
        Map<String, String> options = Map.of("key-file", file.toString(), "key", Boxes.line("inline"));

        assertThat(Keyring.from(Scopes.of(options)))
                .hasValueSatisfying(keys -> assertThat(keys.currentId()).startsWith("file."));
        assertThat(Keyring.from(Scopes.of(Map.of("key-file", " ", "key", Boxes.line("inline")))))
                .hasValueSatisfying(keys -> assertThat(keys.currentId()).startsWith("inline."));
    }

    @Test
    void withoutAKeyThereIsNoKeyring() {
        assertThat(Keyring.from(Scopes.of(Map.of()))).isEmpty();
        assertThat(Keyring.from(Scopes.of(Map.of("key-file", "", "key", " ")))).isEmpty();
    }

    @Test
    void aMissingFileIsNotTheSameAsNone(@TempDir Path directory) {
        Map<String, String> options =
                Map.of("key-file", directory.resolve("gone").toString());

        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> Keyring.from(Scopes.of(options)))
                .withMessageContaining("can't be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "\r\n", "\n\n \t"})
    void keysAreSeparatedByBlanksOrLines(String separator) {
        String second = Keyring.parse(Boxes.line("a")).currentId();

        Keyring keys = Keyring.parse(separator + Boxes.line("b") + separator + Boxes.line("a") + separator);

        assertThat(keys.currentId()).startsWith("b");
        assertThat(keys.key(second)).isEqualTo(SecretBytes.of(Boxes.key("a")));
    }

    @Test
    void anUnknownIdIsNamed() {
        Keyring keys = Keyring.parse(Boxes.line("a"));

        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> keys.key("b"))
                .withMessage("no encryption key with id b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                ":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "a=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "a:AAAA",
                "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "a:----------------------------------------AAA=",
                "a/b:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "ä:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "a123456789012345678901234567890123:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            })
    void aMalformedLineIsRefusedWithoutShowingIt(String line) {
        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> Keyring.parse(Boxes.line("fine") + " " + line + " " + line + ":"))
                .withMessage("an encryption key is malformed, want id:base64 of 32 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:============================================",
                "a:AAAA=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            })
    void aKeyIsBase64(String line) {
        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> Keyring.parse(line))
                .withMessage("encryption key a is no Base64");
    }

    @Test
    void otherBytesUnderTheSameIdAreAnotherKey() {
        Keyring one = Keyring.parse(Boxes.line("a"));
        Keyring other = Keyring.parse(Boxes.line("b").replaceFirst("b", "a"));

        assertThat(one.currentId()).startsWith("a").isNotEqualTo(other.currentId());
        assertThat(Keyring.parse(Boxes.line("a")).currentId()).isEqualTo(one.currentId());
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 33})
    void aKeyHas32Bytes(int length) {
        String line = "a:" + Base64.getEncoder().encodeToString(new byte[length]);

        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> Keyring.parse(line))
                .withMessageContaining("encryption key a has " + length + " bytes")
                .withMessageNotContaining("AAAA");
    }

    @Test
    void anIdStandsOnce() {
        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> Keyring.parse(Boxes.line("a") + "\n" + Boxes.line("b") + "\n" + Boxes.line("a")))
                .withMessageContaining("encryption key a")
                .withMessageContaining("stands twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\n"})
    void noKeyAtAllIsRefused(String lines) {
        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> Keyring.parse(lines))
                .withMessage("no encryption key in the configured source");
    }
}
