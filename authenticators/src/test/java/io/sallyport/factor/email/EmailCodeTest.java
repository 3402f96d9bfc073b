package io.sallyport.factor.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.crypto.Boxes;
import io.sallyport.crypto.KeyedHash;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailCodeTest {

    private final KeyedHash keyed = Boxes.keyed();
    private final EmailCode code = EmailCode.generate(new SecureRandom());
    private final String hash = code.hash(keyed, "challenge-1", "alice@example.org");

    @Test
    void codesHaveEightDigitsAndDoNotRepeat() {
        SecureRandom random = new SecureRandom();

        List<String> codes = Stream.generate(() -> EmailCode.generate(random).digits())
                .limit(500)
                .toList();

        assertThat(codes).allMatch(EmailCode::wellFormed).anyMatch(digits -> digits.startsWith("0"));
        assertThat(codes.stream().distinct().count()).isGreaterThan(498);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "123456789", "1234567a", " 12345678", "12345678\n", "１２３４５６７８"})
    void nothingElseIsACode(String text) {
        assertThat(EmailCode.wellFormed(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "challenge-1, alice@example.org, true",
        "challenge-2, alice@example.org, false",
        "challenge-1, mallory@example.org, false"
    })
    void itIsWorthOneChallengeAndOneAddress(String challenge, String address, boolean worth) {
        assertThat(EmailCode.matches(keyed, hash, challenge, address, code.digits()))
                .isEqualTo(worth);
    }

    @Test
    void nothingShowsIt() {
        assertThat(hash).doesNotContain(code.digits());
        assertThat(code).hasToString("***");
    }
}
