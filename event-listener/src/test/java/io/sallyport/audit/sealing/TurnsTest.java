package io.sallyport.audit.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-13: a realm with rows without end keeps no other realm's from being sealed")
final class TurnsTest {

    private final List<String> done = new ArrayList<>();

    @Test
    void eachHasOnePieceAtATimeUntilNobodyHasMore() {
        Map<String, Integer> left = new TreeMap<>(Map.of("flooded", 4, "quiet", 1, "busy", 2));

        boolean more = Turns.take(
                List.of("flooded", "quiet", "busy"),
                Duration.ofDays(1),
                recording(realm -> left.merge(realm, -1, Integer::sum) > 0));

        assertThat(more).isFalse();
        assertThat(done).containsExactly("flooded", "quiet", "busy", "flooded", "busy", "flooded", "flooded");
    }

    @Test
    void whoHasWorkWithoutEndIsLeftToSeeWhoElseHasSome() {
        boolean more = Turns.take(List.of("flooded", "quiet"), Duration.ZERO, recording("flooded"::equals));

        assertThat(more).isTrue();
        assertThat(done).containsExactly("flooded", "quiet");
    }

    @Test
    void nobodyHasNothing() {
        assertThat(Turns.take(List.of(), Duration.ofDays(1), recording(realm -> true)))
                .isFalse();
        assertThat(done).isEmpty();
    }

    private Predicate<String> recording(Predicate<String> piece) {
        return realm -> {
            done.add(realm);
            return piece.test(realm);
        };
    }
}
