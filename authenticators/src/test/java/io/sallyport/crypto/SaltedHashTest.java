package io.sallyport.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class SaltedHashTest {

    private static final String TYPED = "0123-4567-89AB-CDEF";
    private static final PaperCode CODE = PaperCode.parse(16, TYPED).orElseThrow();

    private final SecureRandom random = new SecureRandom();

    @Test
    void aCodeIsKnownAgain() {
        SaltedHash stored = SaltedHash.of(CODE, random);

        assertThat(stored.isOf(CODE)).isTrue();
        assertThat(stored.isOf(PaperCode.generate(16, random))).isFalse();
    }

    @Test
    void everyCodeHasASaltOfItsOwn() {
        SaltedHash one = SaltedHash.of(CODE, random);
        SaltedHash two = SaltedHash.of(CODE, random);

        assertThat(Base64.getDecoder().decode(one.salt())).hasSize(16);
        assertThat(Base64.getDecoder().decode(one.hash())).hasSize(32);
        assertThat(one.salt()).isNotEqualTo(two.salt());
        assertThat(one.hash()).isNotEqualTo(two.hash());
        assertThat(new SaltedHash(two.salt(), one.hash()).isOf(CODE)).isFalse();
    }

    @Test
    void everyLetterMatters() {
        SaltedHash stored = SaltedHash.of(CODE, random);
        String letters = TYPED.replace("-", "");
        for (int i = 0; i < letters.length(); i++) {
            String other = letters.substring(0, i) + "Z" + letters.substring(i + 1);

            assertThat(stored.isOf(PaperCode.parse(16, other).orElseThrow()))
                    .as("letter %d", i)
                    .isFalse();
        }
    }

    @Test
    void aStoredHashIsNoCode() {
        assertThat(PaperCode.parse(44, SaltedHash.of(CODE, random).hash())).isEmpty();
    }
}
