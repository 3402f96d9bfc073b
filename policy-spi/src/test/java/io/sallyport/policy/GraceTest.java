package io.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GraceTest {

    private static final List<Grace> SOME = List.of(
            grace(Optional.of(3), Optional.empty()),
            grace(Optional.of(7), Optional.empty()),
            grace(Optional.empty(), Optional.of(1)),
            grace(Optional.empty(), Optional.of(5)),
            grace(Optional.of(3), Optional.of(5)),
            grace(Optional.of(7), Optional.of(1)));

    @Test
    void graceThatNeverEndsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grace(Optional.empty(), Optional.empty()))
                .withMessageContaining("would never end");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void timeIsMoreThanNothing(long seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grace(Optional.of(Duration.ofSeconds(seconds)), Optional.of(1)))
                .withMessageContaining("want more than nothing");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void thereIsAtLeastOneSkip(int skips) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grace(Optional.of(Duration.ofDays(1)), Optional.of(skips)))
                .withMessage("skips = " + skips + ", want at least 1");
    }

    @Test
    void ofTwoTheSmallerOfEachBoundIsLeft() {
        assertThat(grace(Optional.of(3), Optional.of(5)).and(grace(Optional.of(7), Optional.of(1))))
                .isEqualTo(grace(Optional.of(3), Optional.of(1)));
        assertThat(grace(Optional.of(3), Optional.empty()).and(grace(Optional.empty(), Optional.of(1))))
                .isEqualTo(grace(Optional.of(3), Optional.of(1)));
    }

    @Test
    void neitherOrderNorRepetitionMatters() {
        for (Grace one : SOME) {
            assertThat(one.and(one)).isEqualTo(one);
            for (Grace two : SOME) {
                assertThat(one.and(two)).isEqualTo(two.and(one));
                for (Grace three : SOME) {
                    assertThat(one.and(two).and(three)).isEqualTo(one.and(two.and(three)));
                }
            }
        }
    }

    private static Grace grace(Optional<Integer> days, Optional<Integer> skips) {
        return new Grace(days.map(Duration::ofDays), skips);
    }
}
