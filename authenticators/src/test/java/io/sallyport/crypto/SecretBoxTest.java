package io.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretBoxTest {

    private static final String PREFIX = "sallyport:v1:";
    private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final Owner ANN = new Owner("realm", "ann");
    private static final SecretBytes SECRET = secret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");

    private final SecretBox box = Boxes.box("one");

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 20, 32, 64, 1000})
    void whatWasSealedOpensForItsOwner(int length) {
        SecretBytes secret = SecretBytes.of("x".repeat(length).getBytes(StandardCharsets.US_ASCII));

        assertThat(box.open(box.seal(secret, ANN), ANN)).isEqualTo(secret);
    }

    @Test
    void theSealedTextShowsNothingOfTheSecret() {
        String sealed = box.seal(SECRET, ANN);

        assertThat(sealed)
                .startsWith(PREFIX)
                .doesNotContain("JBSWY3DP")
                .doesNotContain(Base64.getUrlEncoder().withoutPadding().encodeToString(SECRET.toBytes()));
    }

    @Test
    void theSameSecretIsNeverSealedAlike() {
        Set<String> sealed = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            sealed.add(box.seal(SECRET, ANN));
        }

        assertThat(sealed).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({"realm, bob", "other, ann", "ann, realm", "realm, Ann", "real, mann", "'realm\0ann', ''"})
    void aSealedSecretDoesNotOpenForAnotherOwner(String realm, String user) {
        String sealed = box.seal(SECRET, ANN);

        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> box.open(sealed, new Owner(realm, user)))
                .withMessage("a sealed secret does not open: other key, other owner, or changed");
    }

    @Test
    void aSealedSecretWithOneCharacterChangedDoesNotOpen() {
        String sealed = box.seal(SECRET, ANN);
        for (int at = PREFIX.length(); at < sealed.length(); at++) {
            if (sealed.charAt(at) == '.') {
                continue;
            }
            // the highest of its six bits, so that the change is not one of the bits that Base64 leaves unused
            char other = BASE64URL.charAt(BASE64URL.indexOf(sealed.charAt(at)) ^ 32);
            String changed = sealed.substring(0, at) + other + sealed.substring(at + 1);

            assertThat(opens(changed)).as("character %d", at).isFalse();
        }
    }

    @Test
    void aChangedSecretIsRefusedAsUnavailable() {
        String sealed = box.seal(SECRET, ANN);
        int at = sealed.lastIndexOf('.') + 1;
        String changed = sealed.substring(0, at) + (sealed.charAt(at) == 'A' ? 'B' : 'A') + sealed.substring(at + 1);

        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> box.open(changed, ANN))
                .withMessage("a sealed secret does not open: other key, other owner, or changed");
    }

    @Test
    void aSealedSecretWithAPartMissingDoesNotOpen() {
        String[] parts = box.seal(SECRET, ANN).substring(PREFIX.length()).split("\\.", -1);
        assertThat(parts).hasSize(5);

        assertThat(opens(PREFIX + String.join(".", parts[0], parts[1], parts[2], parts[3])))
                .isFalse();
        assertThat(opens(PREFIX + String.join(".", parts[0], parts[1], parts[2], parts[3], "")))
                .isFalse();
        assertThat(opens(PREFIX + String.join(".", parts[0], parts[1], parts[2], "", parts[4])))
                .isFalse();
    }

    @Test
    void partsOfTwoSealedSecretsDoNotFitTogether() {
        String[] one = box.seal(SECRET, ANN).substring(PREFIX.length()).split("\\.", -1);
        String[] other =
                box.seal(secret("another"), ANN).substring(PREFIX.length()).split("\\.", -1);

        assertThat(opens(PREFIX + String.join(".", one[0], one[1], one[2], other[3], one[4])))
                .isFalse();
        assertThat(opens(PREFIX + String.join(".", one[0], one[1], other[2], one[3], one[4])))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "A256GCM, A128GCM",
        "A256GCM, A128CBC-HS256",
        "dir, A128KW",
        "dir, none",
        "kid, kit",
        "one, two",
        "'}', ',\"zip\":\"DEF\"}'"
    })
    void aSealedSecretWithAnotherHeaderDoesNotOpen(String found, String other) {
        String[] parts = box.seal(SECRET, ANN).substring(PREFIX.length()).split("\\.", -1);
        String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.US_ASCII);
        assertThat(header).contains(found);
        parts[0] = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(header.replace(found, other).getBytes(StandardCharsets.US_ASCII));

        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> box.open(PREFIX + String.join(".", parts), ANN));
    }

    @Test
    void afterARotationTheOldKeyStillOpensAndTheNewOneSeals() {
        String old = box.seal(SECRET, ANN);
        SecretBox rotated = Boxes.box("two", "one");

        assertThat(rotated.open(old, ANN)).isEqualTo(SECRET);
        String renewed = rotated.seal(SECRET, ANN);

        assertThat(Boxes.box("two").open(renewed, ANN)).isEqualTo(SECRET);
    }

    @Test
    void withoutTheKeyThatSealedItASecretDoesNotOpen() {
        String sealed = box.seal(SECRET, ANN);

        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> Boxes.box("two").open(sealed, ANN))
                .withMessageStartingWith("no encryption key with id one");
    }

    @Test
    void whetherTheKeyIsAtHandIsKnownWithoutOpening() {
        String sealed = box.seal(SECRET, ANN);

        assertThat(box.hasKeyOf(sealed)).isTrue();
        assertThat(Boxes.box("two", "one").hasKeyOf(sealed)).isTrue();
        assertThat(Boxes.box("two").hasKeyOf(sealed)).isFalse();
        assertThat(new SecretBox(Optional::empty).hasKeyOf(sealed)).isFalse();
        assertThat(box.hasKeyOf(PREFIX + "nonsense")).isFalse();
    }

    @Test
    void anotherKeyOfTheSameIdDoesNotOpen() {
        String sealed = box.seal(SECRET, ANN);
        Keyring keys = Keyring.parse(Boxes.line("two").replaceFirst("two", "one"));
        SecretBox impostor = new SecretBox(() -> Optional.of(keys));

        assertThatExceptionOfType(KeyUnavailable.class).isThrownBy(() -> impostor.open(sealed, ANN));
        assertThat(impostor.hasKeyOf(sealed)).isFalse();
    }

    @Test
    void withoutAnyKeyNothingIsSealedOrOpened() {
        SecretBox none = new SecretBox(Optional::empty);
        String sealed = box.seal(SECRET, ANN);

        assertThat(none.usable()).isFalse();
        assertThatExceptionOfType(KeyUnavailable.class)
                .isThrownBy(() -> none.seal(SECRET, ANN))
                .withMessageContaining("no encryption key is configured");
        assertThatExceptionOfType(KeyUnavailable.class).isThrownBy(() -> none.open(sealed, ANN));
    }

    @Test
    void aKeyThatCannotBeReadIsNotUsable() {
        SecretBox unreadable = new SecretBox(() -> Optional.of(Keyring.parse("nonsense")));

        assertThat(unreadable.usable()).isFalse();
        assertThat(box.usable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JBSWY3DP", "sallyport", "sallyport:v2:x", " sallyport:v1:x", "SALLYPORT:V1:x"})
    void aPlainSecretIsNotTakenForASealedOne(String text) {
        assertThat(SecretBox.isSealed(text)).isFalse();
    }

    @Test
    void aSealedSecretIsKnownByItsPrefix() {
        assertThat(SecretBox.isSealed(box.seal(SECRET, ANN))).isTrue();
    }

    @Test
    void aSecretNeverPrintsItself() {
        assertThat(SECRET).hasToString("***");
        assertThat(String.valueOf(new Object[] {SECRET}[0])).isEqualTo("***");
    }

    @Test
    void aSecretIsItsBytesAndCannotBeChangedFromOutside() {
        byte[] bytes = {1, 2, 3};
        SecretBytes secret = SecretBytes.of(bytes);

        bytes[0] = 9;
        secret.toBytes()[1] = 9;

        assertThat(secret)
                .isEqualTo(SecretBytes.of(new byte[] {1, 2, 3}))
                .hasSameHashCodeAs(SecretBytes.of(new byte[] {1, 2, 3}))
                .isNotEqualTo(SecretBytes.of(new byte[] {1, 2, 4}))
                .isNotEqualTo(SecretBytes.of(new byte[] {1, 2}));
    }

    private boolean opens(String sealed) {
        try {
            box.open(sealed, ANN);
            return true;
        } catch (RuntimeException refused) { // whatever the parser says of a header that is no JSON: it does not open
            return false;
        }
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
