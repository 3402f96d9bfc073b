package io.sallyport.factor.totp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TotpTest {

    private static final OtpParameters STOCK = new OtpParameters(HmacAlgorithm.SHA1, 6, Duration.ofSeconds(30));
    private static final byte[] KEY = seed(20);

    @ParameterizedTest
    @CsvSource({
        "59, SHA1, 94287082",
        "59, SHA256, 46119246",
        "59, SHA512, 90693936",
        "1111111109, SHA1, 07081804",
        "1111111109, SHA256, 68084774",
        "1111111109, SHA512, 25091201",
        "1111111111, SHA1, 14050471",
        "1111111111, SHA256, 67062674",
        "1111111111, SHA512, 99943326",
        "1234567890, SHA1, 89005924",
        "1234567890, SHA256, 91819424",
        "1234567890, SHA512, 93441116",
        "2000000000, SHA1, 69279037",
        "2000000000, SHA256, 90698825",
        "2000000000, SHA512, 38618901",
        "20000000000, SHA1, 65353130",
        "20000000000, SHA256, 77737706",
        "20000000000, SHA512, 47863826"
    })
    void rfc6238AppendixB(long seconds, HmacAlgorithm algorithm, String code) {
        OtpParameters parameters = new OtpParameters(algorithm, 8, Duration.ofSeconds(30));
        byte[] key = seed(algorithm.keyBytes());
        long step = Totp.step(Instant.ofEpochSecond(seconds), parameters);

        assertThat(Totp.match(key, code, step, 0, parameters)).hasValue(step);
    }

    @ParameterizedTest
    @CsvSource({
        "59, 1",
        "1111111109, 37037036",
        "1111111111, 37037037",
        "1234567890, 41152263",
        "20000000000, 666666666",
        "0, 0",
        "29, 0",
        "30, 1",
        "-1, -1",
        "-30, -1",
        "-31, -2"
    })
    void aStepIsThePeriodsSince1970(long seconds, long step) {
        assertThat(Totp.step(Instant.ofEpochSecond(seconds), STOCK)).isEqualTo(step);
        assertThat(Totp.step(Instant.ofEpochSecond(seconds, 999_999_999), STOCK))
                .isEqualTo(step);
    }

    @Test
    void aLongerPeriodHasLongerSteps() {
        OtpParameters minute = new OtpParameters(HmacAlgorithm.SHA256, 8, Duration.ofSeconds(60));

        assertThat(Totp.step(Instant.ofEpochSecond(119), minute)).isEqualTo(1);
        assertThat(Totp.step(Instant.ofEpochSecond(120), minute)).isEqualTo(2);
    }

    static Stream<int[]> momentsAndSteps() {
        return Stream.of(0, 29)
                .flatMap(second -> IntStream.rangeClosed(-2, 2).mapToObj(distance -> new int[] {second, distance}));
    }

    @ParameterizedTest
    @MethodSource("momentsAndSteps")
    void aWindowOfOneTakesTheStepBeforeAndTheStepAfter(int[] secondAndDistance) {
        long current = 37_037_036;
        Instant now = Instant.ofEpochSecond(current * 30 + secondAndDistance[0]);
        long step = current + secondAndDistance[1];

        OptionalLong match = Totp.match(KEY, Hotp.code(KEY, step, STOCK), Totp.step(now, STOCK), 1, STOCK);

        assertThat(match).isEqualTo(Math.abs(secondAndDistance[1]) <= 1 ? OptionalLong.of(step) : OptionalLong.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void theWindowIsExactlyAsWideAsItSays(int window) {
        long current = 41_152_263;

        assertThat(IntStream.rangeClosed(-window - 2, window + 2)
                        .filter(distance -> Totp.match(
                                        KEY, Hotp.code(KEY, current + distance, STOCK), current, window, STOCK)
                                .isPresent()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(-window, window).boxed().toList());
    }

    @Test
    void atTheBeginningOfTimeThereIsNoStepBefore() {
        assertThat(Totp.match(KEY, Hotp.code(KEY, -1, STOCK), 0, 1, STOCK)).isEmpty();
        assertThat(Totp.match(KEY, Hotp.code(KEY, 1, STOCK), 0, 1, STOCK)).hasValue(1);
        assertThat(Totp.match(KEY, Hotp.code(KEY, 0, STOCK), -5, 1, STOCK)).isEmpty();
    }

    private static byte[] seed(int length) {
        return "1234567890".repeat(7).substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }
}
