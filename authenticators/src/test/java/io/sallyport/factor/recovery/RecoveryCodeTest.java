package io.sallyport.factor.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.crypto.SaltedHash;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecoveryCodeTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final String TYPED = "0123-4567-89AB-CDEF-GHJK-MNPQ";

    /** As the first version stored it: Base64 of the salt, and of SHA-256 over salt and letters. */
    private static final SaltedHash STORED =
            new SaltedHash("AAECAwQFBgcICQoLDA0ODw==", "1gHjErG1HQLPrw57o/gsaRt30OuXNt7l1Q0O2hZBJlg=");

    private final SecureRandom random = new SecureRandom();

    @Test
    void aCodeIsSixGroupsOfFour() {
        assertThat(RecoveryCode.generate(random).grouped()).matches("[" + ALPHABET + "]{4}(-[" + ALPHABET + "]{4}){5}");
    }

    @Test
    void twoHundredSetsHaveNoCodeTwice() {
        List<String> codes = codes(200 * 10);

        assertThat(codes).doesNotHaveDuplicates();
    }

    /** 24 positions of 5 bits are 120: so every position takes every one of 32 letters, none much more often. */
    @Test
    void everyPositionTakesEveryLetter() {
        List<String> codes = codes(2_000);

        Map<Character, Integer> times = new HashMap<>();
        for (int position = 0; position < 24; position++) {
            Set<Character> letters = new HashSet<>();
            for (String code : codes) {
                letters.add(code.charAt(position));
                times.merge(code.charAt(position), 1, Integer::sum);
            }
            assertThat(letters).as("position %d", position).hasSize(32);
        }
        // 1500 each, standard deviation 38
        assertThat(times.values()).allMatch(count -> count > 1_200 && count < 1_800);
    }

    @Test
    void whatWasShownIsUnderstood() {
        RecoveryCode code = RecoveryCode.generate(random);

        RecoveryCode typed = RecoveryCode.parse(code.grouped()).orElseThrow();

        assertThat(typed.grouped()).isEqualTo(code.grouped());
        assertThat(typed.isStoredAs(code.toStore(random))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TYPED,
                "0123456789ABCDEFGHJKMNPQ",
                "0123456789abcdefghjkmnpq",
                "0123 4567 89ab cdef ghjk mnpq",
                " 0123-4567-89AB-CDEF-GHJK-MNPQ ",
                "01-23-45-67-89-Ab-Cd-Ef-Gh-Jk-Mn-Pq"
            })
    void everySpellingIsTheSameCode(String typed) {
        RecoveryCode code = RecoveryCode.parse(typed).orElseThrow();

        assertThat(code.grouped()).isEqualTo(TYPED);
        assertThat(code.isStoredAs(STORED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "0123-4567-89AB-CDEF-GHJK-MNP",
                "0123-4567-89AB-CDEF-GHJK-MNPQR",
                "I123-4567-89AB-CDEF-GHJK-MNPQ",
                "L123-4567-89AB-CDEF-GHJK-MNPQ",
                "O123-4567-89AB-CDEF-GHJK-MNPQ",
                "U123-4567-89AB-CDEF-GHJK-MNPQ",
                "i123-4567-89AB-CDEF-GHJK-MNPQ",
                "0123_4567_89AB_CDEF_GHJK_MNPQ",
                "0123\u20134567\u201389AB\u2013CDEF\u2013GHJK\u2013MNPQ",
                "0123-4567-89AB-CDEF-GHJK-MNPQ\n",
                "0123-4567-89AB-CDEF-GHJK-MNP\0",
                "٠123-4567-89AB-CDEF-GHJK-MNPQ",
                "０123-4567-89AB-CDEF-GHJK-MNPQ",
                "ä123-4567-89AB-CDEF-GHJK-MNPQ",
                "0123-4567-89AB-CDEF-GHJK-MN*?"
            })
    void anythingElseIsNoCode(String typed) {
        assertThat(RecoveryCode.parse(typed)).isEmpty();
    }

    @Test
    void aVeryLongTextIsNoCodeEvenIfItIsMostlyBlank() {
        assertThat(RecoveryCode.parse(TYPED + " ".repeat(48 - TYPED.length()))).isPresent();
        assertThat(RecoveryCode.parse(TYPED + " ".repeat(49 - TYPED.length()))).isEmpty();
        assertThat(RecoveryCode.parse("A".repeat(10_240))).isEmpty();
    }

    @Test
    void aCodeNeverPrintsItself() {
        assertThat(RecoveryCode.parse(TYPED).orElseThrow()).hasToString("***");
    }

    /** REC-10: if two users held the same code, their rows would not tell; and a row typed in is none. */
    @Test
    void whatIsStoredTellsNothing() {
        RecoveryCode code = RecoveryCode.generate(random);
        SaltedHash one = code.toStore(random);
        SaltedHash other = code.toStore(random);

        assertThat(one.hash()).isNotEqualTo(other.hash());
        assertThat(one.salt()).isNotEqualTo(other.salt());
        assertThat(RecoveryCode.parse(one.hash())).isEmpty();
        assertThat(RecoveryCode.parse(one.salt())).isEmpty();
    }

    @Test
    void aRowKnowsItsCodeAndNoOther() {
        RecoveryCodeRow row = new RecoveryCodeRow("id", "realm", "user", STORED, 0);

        assertThat(row.id()).isEqualTo("id");
        assertThat(row.is(RecoveryCode.parse(TYPED).orElseThrow())).isTrue();
        assertThat(row.is(RecoveryCode.generate(random))).isFalse();
    }

    private List<String> codes(int count) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            codes.add(RecoveryCode.generate(random).grouped().replace("-", ""));
        }
        return codes;
    }
}
