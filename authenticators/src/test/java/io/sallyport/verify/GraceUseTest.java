package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Grace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GraceUseTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // days when it began, days now, days that hold
        "14, 14, 14",
        "14, 30, 14",
        "14, 5, 5",
        "14, , 14",
        ", 5, 5",
        ", , "
    })
    void theEndIsFixedAndCanOnlyComeNearer(Integer began, Integer now, Integer holds) {
        GraceUse use = new GraceUse(START, end(began), 0);

        assertThat(use.of(grace(now, 9)).until()).isEqualTo(end(holds));
    }

    @ParameterizedTest
    @CsvSource({"3, 0, 3", "3, 2, 1", "3, 3, 0", "3, 9, 0"})
    void skipsAreCountedDownToNothing(int given, int used, long left) {
        assertThat(new GraceUse(START, Optional.empty(), used)
                        .of(grace(null, given))
                        .skips())
                .contains(left);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, true", "0, 1, false", "1, 1, false", "-1, 0, false"})
    void itIsOpenBeforeTheEndWhileSkipsAreLeft(int secondsAfterTheEnd, long skips, boolean open) {
        GraceLeft left = new GraceLeft(Optional.of(START), Optional.of(skips));

        assertThat(left.open(START.plusSeconds(secondsAfterTheEnd))).isEqualTo(open);
    }

    @Test
    void whatIsNotBoundedDoesNotEnd() {
        assertThat(new GraceLeft(Optional.empty(), Optional.of(1L)).open(Instant.MAX))
                .isTrue();
        assertThat(new GraceLeft(end(1), Optional.empty()).open(START)).isTrue();
    }

    @Test
    void ofSeveralRulesTheEarliestEndAndTheFewestSkipsHold() {
        GraceLeft one = new GraceLeft(end(14), Optional.of(1L));
        GraceLeft other = new GraceLeft(end(7), Optional.of(5L));
        GraceLeft unbounded = new GraceLeft(Optional.empty(), Optional.empty());

        assertThat(one.and(other)).isEqualTo(new GraceLeft(end(7), Optional.of(1L)));
        assertThat(other.and(one)).isEqualTo(one.and(other));
        assertThat(one.and(unbounded)).isEqualTo(one);
        assertThat(unbounded.and(one)).isEqualTo(one);
    }

    private static Optional<Instant> end(Integer days) {
        return Optional.ofNullable(days).map(Duration::ofDays).map(START::plus);
    }

    private static Grace grace(Integer days, int skips) {
        return new Grace(Optional.ofNullable(days).map(Duration::ofDays), Optional.of(skips));
    }
}
