package io.sallyport.factor.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HotpTest {

    private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final OtpParameters SIX = new OtpParameters(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(30));
    private static final OtpParameters EIGHT = new OtpParameters(HmacAlgorithm.SHA1, 8, Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({
        "0, 755224",
        "1, 287082",
        "2, 359152",
        "3, 969429",
        "4, 338314",
        "5, 254676",
        "6, 287922",
        "7, 162583",
        "8, 399871",
        "9, 520489"
    })
    void rfc4226AppendixD(long counter, String code) {
        assertThat(Hotp.code(KEY, counter, SIX)).isEqualTo(code);
    }

    @Test
    void aSlowReferenceComesToTheSameCodes() {
        Random random = new Random(4226);
        for (int i = 0; i < 3_000; i++) {
            byte[] key = new byte[1 + random.nextInt(200)];
            random.nextBytes(key);
            long counter = random.nextLong() & Long.MAX_VALUE;
            OtpParameters parameters = new OtpParameters(
                    List.of(HmacAlgorithm.values()).get(random.nextInt(3)),
                    6 + random.nextInt(3),
                    Duration.ofSeconds(30));

            assertThat(Hotp.code(key, counter, parameters)).isEqualTo(SlowHotp.code(key, counter, parameters));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8})
    void aCodeKeepsItsLeadingZeros(int digits) {
        OtpParameters parameters = new OtpParameters(HmacAlgorithm.SHA1, digits, Duration.ofSeconds(30));

        assertThat(IntStream.range(0, 2_000).mapToObj(counter -> Hotp.code(KEY, counter, parameters)))
                .allMatch(code -> code.matches("[0-9]{" + digits + "}"))
                .anyMatch(code -> code.startsWith("0"))
                .anyMatch(code -> code.startsWith("00"));
    }

    @Test
    void aCodeWithItsZerosLeftOutIsNone() {
        long counter = IntStream.range(0, 2_000)
                .filter(each -> Hotp.code(KEY, each, SIX).startsWith("0"))
                .findFirst()
                .orElseThrow();
        String code = Hotp.code(KEY, counter, SIX);

        assertThat(Hotp.match(KEY, code, counter, counter, SIX)).hasValue(counter);
        assertThat(Hotp.match(KEY, code.substring(1), counter, counter, SIX)).isEmpty();
        assertThat(Hotp.match(KEY, "0" + code, counter, counter, SIX)).isEmpty();
    }

    @Test
    void aCodeDoesNotDependOnTheLanguageOfTheServer() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

            assertThat(Hotp.code(KEY, 0, SIX)).isEqualTo("755224");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyBitOfTheKeyMatters() {
        String code = Hotp.code(KEY, 7, EIGHT);
        for (int bit = 0; bit < KEY.length * 8; bit++) {
            byte[] flipped = KEY.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThat(Hotp.code(flipped, 7, EIGHT)).as("bit %d", bit).isNotEqualTo(code);
        }
    }

    @Test
    void everyBitOfTheCounterMatters() {
        String code = Hotp.code(KEY, 7, EIGHT);
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertThat(Hotp.code(KEY, 7 ^ (1L << bit), EIGHT)).as("bit %d", bit).isNotEqualTo(code);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SHA1", mode = EnumSource.Mode.EXCLUDE)
    void theAlgorithmMatters(HmacAlgorithm algorithm) {
        OtpParameters other = new OtpParameters(algorithm, 8, Duration.ofSeconds(30));

        assertThat(Hotp.code(KEY, 7, other)).isNotEqualTo(Hotp.code(KEY, 7, EIGHT));
    }

    @Test
    void aShorterCodeIsTheEndOfALongerOne() {
        assertThat(Hotp.code(KEY, 7, EIGHT)).endsWith(Hotp.code(KEY, 7, SIX));
    }

    @Test
    void aCodeMatchesFromTheFirstToTheLastCounter() {
        String code = Hotp.code(KEY, 5, SIX);

        assertThat(Hotp.match(KEY, code, 5, 5, SIX)).hasValue(5);
        assertThat(Hotp.match(KEY, code, 0, 5, SIX)).hasValue(5);
        assertThat(Hotp.match(KEY, code, 5, 9, SIX)).hasValue(5);
        assertThat(Hotp.match(KEY, code, 0, 4, SIX)).isEmpty();
        assertThat(Hotp.match(KEY, code, 6, 9, SIX)).isEmpty();
        assertThat(Hotp.match(KEY, code, 6, 5, SIX)).isEmpty();
    }

    /** Two counters of this key have the same code: the higher one is what must be spent. */
    @Test
    void ofSeveralCountersWithThatCodeTheHighestMatches() {
        long[] twins = twins();
        String code = Hotp.code(KEY, twins[0], SIX);

        assertThat(Hotp.code(KEY, twins[1], SIX)).isEqualTo(code);
        assertThat(Hotp.match(KEY, code, twins[0], twins[1], SIX)).hasValue(twins[1]);
        assertThat(Hotp.match(KEY, code, twins[0], twins[1] - 1, SIX)).hasValue(twins[0]);
    }

    @Test
    void countersBelowZeroAreNotTried() {
        String minusOne = Hotp.code(KEY, -1, SIX);

        assertThat(Hotp.match(KEY, minusOne, -1, 1, SIX)).isEmpty();
        assertThat(Hotp.match(KEY, Hotp.code(KEY, 0, SIX), -1, 1, SIX)).hasValue(0);
        assertThat(Hotp.match(KEY, minusOne, -3, -1, SIX)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "755225", "75522", "7552240", " 755224", "755224 ", "７５５２２４", "??????"})
    void anotherTextMatchesNothing(String text) {
        assertThat(Hotp.match(KEY, text, 0, 0, SIX)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 5, 9})
    void aCodeHasSixToEightDigits(int digits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OtpParameters(HmacAlgorithm.SHA1, digits, Duration.ofSeconds(30)))
                .withMessage("digits = " + digits + ", want 6 to 8");
    }

    @ParameterizedTest
    @ValueSource(longs = {-30_000, 0, 999})
    void aPeriodIsAtLeastASecond(long millis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OtpParameters(HmacAlgorithm.SHA1, 6, Duration.ofMillis(millis)));
    }

    @ParameterizedTest
    @EnumSource
    void anAlgorithmIsFoundByTheNameThatKeycloakStores(HmacAlgorithm algorithm) {
        assertThat(HmacAlgorithm.ofJcaName("Hmac" + algorithm.name())).isEqualTo(algorithm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HmacMD5", "hmacsha1", "SHA1"})
    void anotherAlgorithmIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HmacAlgorithm.ofJcaName(name))
                .withMessage("algorithm = " + name + ", want HmacSHA1, HmacSHA256 or HmacSHA512");
    }

    private static long[] twins() {
        Map<String, Long> seen = new HashMap<>();
        for (long counter = 0; ; counter++) {
            Long earlier = seen.put(Hotp.code(KEY, counter, SIX), counter);
            if (earlier != null) {
                return new long[] {earlier, counter};
            }
        }
    }
}
