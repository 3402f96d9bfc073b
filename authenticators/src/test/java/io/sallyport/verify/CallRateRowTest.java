package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CallRateRowTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final CallRateRow.Key ALL =
            new CallRateRow.Key("realm", "user", CallRate.Kind.ENROLL, CallRate.Bucket.OTHER, CallRateRow.EVERYWHERE);

    private final CallRateRow row = new CallRateRow(ALL.at("session"));

    @Test
    void asManyAsItsShareAllowsAreMadeInAMinute() {
        assertThat(made(row, BEGIN, 100)).isEqualTo(CallRate.Kind.ENROLL.share());

        assertThat(row.isFull(BEGIN.plusSeconds(59))).isTrue();
        assertThat(row.end()).isEqualTo(BEGIN.plus(Duration.ofMinutes(1)));
    }

    @Test
    void allOfOneUserHaveSomeSharesTogether() {
        assertThat(made(new CallRateRow(ALL), BEGIN, 100))
                .isEqualTo(CallRate.Kind.ENROLL.most())
                .isGreaterThan(2 * CallRate.Kind.ENROLL.share());
    }

    @Test
    void afterTheMinuteItBeginsAnew() {
        made(row, BEGIN, 100);

        assertThat(made(row, BEGIN.plusSeconds(60), 1)).isEqualTo(1);
        assertThat(made(row, BEGIN.plusSeconds(119), 1)).isEqualTo(1);
    }

    @Test
    void whatIsOneTooManyDoesNotPutTheNextOneOff() {
        for (int i = 0; i < 100; i++) {
            made(row, BEGIN.plusSeconds(i / 2), 1);
        }

        assertThat(row.isFull(BEGIN.plusSeconds(60))).isFalse();
    }

    @Test
    void theFirstRefusalOfAMinuteIsKnown() {
        made(row, BEGIN, 100);

        assertThat(row.refuses()).isTrue();
        assertThat(row.refuses()).isFalse();
        assertThat(row.isFull(BEGIN.plusSeconds(59))).isTrue();
        assertThat(row.refuses()).isFalse();
        made(row, BEGIN.plusSeconds(60), 100);
        assertThat(row.refuses()).isTrue();
    }

    private static int made(CallRateRow row, Instant now, int wanted) {
        int made = 0;
        for (int i = 0; i < wanted && !row.isFull(now); i++) {
            row.count();
            made++;
        }
        return made;
    }
}
