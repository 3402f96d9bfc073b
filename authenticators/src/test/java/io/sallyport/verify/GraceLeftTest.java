package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GraceLeftTest {

    private static final Instant END = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void itIsOpenBeforeItsEndAndNotAtIt() {
        GraceLeft left = new GraceLeft(Optional.of(END), Optional.empty());

        assertThat(left.open(END.minusMillis(1))).isTrue();
        assertThat(left.open(END)).isFalse();
        assertThat(left.open(END.plusMillis(1))).isFalse();
    }

    @Test
    void itIsOpenWhileSignInsAreLeft() {
        assertThat(new GraceLeft(Optional.empty(), Optional.of(1L)).open(END)).isTrue();
        assertThat(new GraceLeft(Optional.empty(), Optional.of(0L)).open(END)).isFalse();
    }

    @Test
    void timeAndSignInsMustBothBeLeft() {
        assertThat(new GraceLeft(Optional.of(END), Optional.of(0L)).open(END.minusSeconds(1)))
                .isFalse();
        assertThat(new GraceLeft(Optional.of(END), Optional.of(1L)).open(END.plusSeconds(1)))
                .isFalse();
    }

    @Test
    void ofTwoTheLesserOfEachIsLeft() {
        GraceLeft one = new GraceLeft(Optional.of(END), Optional.of(3L));
        GraceLeft other = new GraceLeft(Optional.of(END.plusSeconds(1)), Optional.of(2L));

        assertThat(one.and(other)).isEqualTo(new GraceLeft(Optional.of(END), Optional.of(2L)));
        assertThat(other.and(one)).isEqualTo(one.and(other));
    }

    @Test
    void whatOnlyOneCountsIsLeftAsItIs() {
        GraceLeft days = new GraceLeft(Optional.of(END), Optional.empty());
        GraceLeft skips = new GraceLeft(Optional.empty(), Optional.of(2L));

        assertThat(days.and(skips)).isEqualTo(new GraceLeft(Optional.of(END), Optional.of(2L)));
        assertThat(skips.and(days)).isEqualTo(days.and(skips));
    }
}
