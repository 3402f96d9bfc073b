package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CallRateRowTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final CallRateRow row = new CallRateRow(new CallRateRow.Key("realm", "user", CallRate.Kind.ENROLL));

    @Test
    void asManyAsItsKindAllowsAreMadeInAMinute() {
        for (int i = 0; i < CallRate.Kind.ENROLL.most(); i++) {
            assertThat(row.call(BEGIN.plusSeconds(i))).isEmpty();
        }

        assertThat(row.call(BEGIN.plusSeconds(59))).contains(BEGIN.plus(Duration.ofMinutes(1)));
    }

    @Test
    void afterTheMinuteItBeginsAnew() {
        for (int i = 0; i <= CallRate.Kind.ENROLL.most(); i++) {
            row.call(BEGIN);
        }

        assertThat(row.call(BEGIN.plusSeconds(60))).isEmpty();
        assertThat(row.call(BEGIN.plusSeconds(119))).isEmpty();
    }

    @Test
    void whatIsOneTooManyDoesNotPutTheNextOneOff() {
        for (int i = 0; i < 100; i++) {
            row.call(BEGIN.plusSeconds(i / 2));
        }

        assertThat(row.call(BEGIN.plusSeconds(60))).isEmpty();
    }
}
