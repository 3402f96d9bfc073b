package io.sallyport.factor.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.crypto.SaltedHash;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PassCodeTest {

    private static final String TYPED = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV";

    /** As the first version stored it: Base64 of the salt, and of SHA-256 over salt and letters. */
    private static final SaltedHash STORED =
            new SaltedHash("AAECAwQFBgcICQoLDA0ODw==", "EuZ9uEnPAGpN+OdjxqtGVnQQURJc2A9BVIRRuqdSgHM=");

    private final SecureRandom random = new SecureRandom();

    @Test
    void aPassIsSevenGroupsOfFour() {
        assertThat(PassCode.generate(random).grouped()).matches("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}");
    }

    /** 28 positions of 5 bits are 140, more than the 128 that are wanted: so every position takes every letter. */
    @Test
    void everyPositionTakesEveryLetter() {
        List<String> passes = Stream.generate(
                        () -> PassCode.generate(random).grouped().replace("-", ""))
                .limit(2_000)
                .toList();

        assertThat(passes).doesNotHaveDuplicates();
        for (int position = 0; position < 28; position++) {
            Set<Character> letters = new HashSet<>();
            for (String pass : passes) {
                letters.add(pass.charAt(position));
            }
            assertThat(letters).as("position %d", position).hasSize(32);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TYPED,
                "0123456789ABCDEFGHJKMNPQRSTV",
                "0123 4567 89ab cdef ghjk mnpq rstv",
                "--0123456789abcdefghjkmnpqrstv  "
            })
    void caseDashesAndBlanksDoNotMatter(String typed) {
        assertThat(PassCode.parse(typed).map(PassCode::grouped)).contains(TYPED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123-4567-89AB-CDEF-GHJK-MNPQ-RST",
                "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTVW",
                "O123-4567-89AB-CDEF-GHJK-MNPQ-RSTV",
                "0123-4567-89AB-CDEF-GHJK-MNPQ-RST\u017f",
                "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV\0",
                "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV                                                "
            })
    void anythingElseIsNoPass(String typed) {
        assertThat(PassCode.parse(typed)).isEmpty();
    }

    @Test
    void aStoredPassIsKnownAgain() {
        PassCode pass = PassCode.generate(random);

        assertThat(pass.isStoredAs(pass.toStore(random))).isTrue();
        assertThat(pass.isStoredAs(STORED)).isFalse();
    }

    @Test
    void aPassDoesNotPrintItself() {
        assertThat(PassCode.generate(random).toString()).isEqualTo("***");
    }

    @Test
    void aRowKnowsItsPassAndNoOther() {
        PassRow row = new PassRow("id", "realm", "user", "administrator");
        row.holds(STORED);

        assertThat(row.is(PassCode.parse(TYPED).orElseThrow())).isTrue();
        assertThat(row.is(PassCode.generate(random))).isFalse();
        assertThat(row.id()).isEqualTo("id");
    }
}
