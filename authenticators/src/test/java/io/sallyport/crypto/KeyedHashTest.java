package io.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeyedHashTest {

    private final KeyedHash keyed = Boxes.keyed("one");

    @Test
    void aHashMatchesExactlyWhatItIsOf() {
        String hash = keyed.of("code", "challenge", "123456");

        assertThat(keyed.matches(hash, "code", "challenge", "123456")).isTrue();
        assertThat(keyed.matches(hash, "code", "challenge", "123457")).isFalse();
        assertThat(keyed.matches(hash, "code", "challengf", "123456")).isFalse();
        assertThat(keyed.matches(hash, "number", "challenge", "123456")).isFalse();
    }

    @Test
    void partsCannotBeShifted() {
        assertThat(keyed.of("code", "1", "23")).isNotEqualTo(keyed.of("code", "12", "3"));
        assertThat(keyed.of("code", "1", "")).isNotEqualTo(keyed.of("code", "1"));
    }

    @Test
    void withoutTheKeyNobodyCanTryAllCodes() {
        String hash = keyed.of("code", "123456");

        assertThat(hash).doesNotContain("123456");
        assertThat(Boxes.keyed("another").of("code", "123456")).isNotEqualTo(hash);
        assertThat(Boxes.keyed("another").matches(hash, "code", "123456")).isFalse();
    }

    @Test
    void anOlderKeyStillMatches() {
        String hash = keyed.of("code", "123456");

        assertThat(Boxes.keyed("two", "one").matches(hash, "code", "123456")).isTrue();
    }

    @Test
    void whatIsNoHashMatchesNothing() {
        assertThat(keyed.matches("", "code", "123456")).isFalse();
        assertThat(keyed.matches(":", "code", "123456")).isFalse();
        assertThat(keyed.matches("é:ü", "code", "123456")).isFalse();
    }

    @Test
    void bitsAreDerivedFromAKeyAndTheirParts() {
        assertThat(keyed.derived("challenge", "1").get(0))
                .hasSize(32)
                .isEqualTo(Boxes.keyed("one").derived("challenge", "1").get(0))
                .isNotEqualTo(keyed.derived("challenge", "2").get(0))
                .isNotEqualTo(keyed.derived("code", "1").get(0))
                .isNotEqualTo(Boxes.keyed("two").derived("challenge", "1").get(0));
    }

    @Test
    void afterARotationTheyAreDerivedFromTheKeyBeforeToo() {
        assertThat(Boxes.keyed("two", "one").derived("challenge", "1"))
                .containsExactly(
                        Boxes.keyed("two").derived("challenge", "1").get(0),
                        Boxes.keyed("one").derived("challenge", "1").get(0));
    }

    @Test
    void withoutAKeyNothingIsDerived() {
        KeyedHash unreadable = new KeyedHash(() -> {
            throw new KeyUnavailable("no such file");
        });

        assertThat(new KeyedHash(Optional::empty).derived("challenge", "1")).isEmpty();
        assertThat(unreadable.derived("challenge", "1")).isEmpty();
    }

    @Test
    void withoutAKeyNothingIsHashed() {
        KeyedHash none = new KeyedHash(Optional::empty);

        assertThatExceptionOfType(KeyUnavailable.class).isThrownBy(() -> none.of("code", "1"));
    }
}
