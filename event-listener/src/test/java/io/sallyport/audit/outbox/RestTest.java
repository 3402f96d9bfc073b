package io.sallyport.audit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-13: who never answers is called less and less, so that his realm's calls don't keep those of others")
final class RestTest {

    private static final Lane LANE = new Lane("webhook", "realm");
    private static final Set<String> DEAD = Set.of("https://dead.example");

    private long now = -5;
    private final Rest rest = new Rest(() -> now);

    @Test
    void itIsTwiceAsLongEachTimeUpToAMinute() {
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rest.begin(LANE, DEAD);
            lengths.add(secondsUntilItEnds());
        }

        assertThat(lengths).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    }

    @Test
    void somethingThatArrivedEndsIt() {
        rest.begin(LANE, DEAD);
        secondsUntilItEnds();
        rest.begin(LANE, DEAD);

        rest.end(LANE, DEAD);

        assertThat(rest.of(LANE)).isEmpty();
        rest.begin(LANE, DEAD);
        assertThat(secondsUntilItEnds()).isEqualTo(5);
    }

    @Test
    void aLaneThatCannotBeReadRestsNoLongerEachTime() {
        for (int i = 0; i < 3; i++) {
            rest.begin(LANE);
            assertThat(rest.whole(LANE)).isTrue();
            assertThat(secondsUntilItEnds()).isEqualTo(5);
        }
        assertThat(rest.whole(LANE)).isFalse();
    }

    @Test
    void othersOfTheLaneAreNotLeftAlone() {
        rest.begin(LANE, DEAD);

        assertThat(rest.of(LANE)).isEqualTo(DEAD);
        assertThat(rest.whole(LANE)).isFalse();
        assertThat(rest.of(new Lane("webhook", "another"))).isEmpty();
    }

    private long secondsUntilItEnds() {
        long seconds = 0;
        while (!rest.of(LANE).isEmpty()) {
            now += Duration.ofSeconds(1).toNanos();
            seconds++;
        }
        return seconds;
    }
}
