package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.crypto.Boxes;
import io.sallyport.crypto.KeyedHash;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SmsCodeTest {

    /** Chi-square of 59 degrees of freedom (six places, nine free digits each, and a margin): exceeded once in 10^6 runs. */
    private static final double LIMIT = 125;

    private final KeyedHash keyed = Boxes.keyed();
    private final SmsCode code = SmsCode.generate(new SecureRandom());
    private final SentCode sent = new SentCode("challenge-1", PhoneNumber.ofE164("+4915112345678"), "SIGN_IN");

    @Test
    @DisplayName("SMS-03: 500 codes of six digits are uniform, keep leading zeros and don't repeat beyond chance")
    void codesAreUniform() {
        SecureRandom random = new SecureRandom();
        List<String> codes = Stream.generate(() -> SmsCode.generate(random).digits())
                .limit(500)
                .toList();

        assertThat(codes).allMatch(SmsCode::wellFormed).anyMatch(digits -> digits.startsWith("0"));
        assertThat(codes.stream().distinct().count()).isGreaterThan(495); // 0.12 repeats are expected
        assertThat(chiSquare(codes)).isLessThan(LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "1234567", "12345a", " 123456", "123456\n", "１２３４５６", "+12345"})
    void nothingElseIsACode(String text) {
        assertThat(SmsCode.wellFormed(text)).isFalse();
    }

    @Test
    void aCodeIsWorthOneChallengeOneNumberOnePurpose() {
        String hash = sent.hash(keyed, code);

        assertThat(sent.answeredBy(keyed, hash, code.digits())).isTrue();
        assertThat(new SentCode("challenge-2", sent.number(), sent.purpose()).answeredBy(keyed, hash, code.digits()))
                .isFalse();
        assertThat(new SentCode(sent.challengeId(), PhoneNumber.ofE164("+4915112345679"), sent.purpose())
                        .answeredBy(keyed, hash, code.digits()))
                .isFalse();
        assertThat(new SentCode(sent.challengeId(), sent.number(), "ENROLL").answeredBy(keyed, hash, code.digits()))
                .isFalse();
    }

    @Test
    @DisplayName("SMS-18: neither the kept hash nor anything printed shows the code")
    void nothingShowsTheCode() {
        assertThat(sent.hash(keyed, code)).doesNotContain(code.digits());
        assertThat(code).hasToString("***");
        assertThat(sent.toString()).doesNotContain("511234");
    }

    private static double chiSquare(List<String> codes) {
        double expected = codes.size() / 10.0;
        return IntStream.range(0, 6)
                .mapToDouble(place -> IntStream.range('0', '9' + 1)
                        .mapToDouble(digit -> {
                            long found = codes.stream()
                                    .filter(each -> each.charAt(place) == digit)
                                    .count();
                            return (found - expected) * (found - expected) / expected;
                        })
                        .sum())
                .sum();
    }
}
