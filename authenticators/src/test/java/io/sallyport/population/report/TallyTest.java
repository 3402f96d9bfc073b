package io.sallyport.population.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TallyTest {

    private static final Tally.Key TODAY = new Tally.Key("realm", "rule", 1, 20_000);

    @Test
    void whatIsTakenIsEverythingAndIsTakenOnce() {
        Tally tally = new Tally();
        tally.add(TODAY, Counts.of(Effect.ASKED));
        tally.add(TODAY, Counts.of(Effect.NONE));
        tally.add(new Tally.Key("realm", "rule", 2, 20_000), Counts.of(Effect.SPARED));

        assertThat(tally.take()).hasSize(2).containsEntry(TODAY, new Counts(2, 1, 0, 0));
        assertThat(tally.take()).isEmpty();
    }

    @Test
    void nothingIsLostToWhoTakesMeanwhile() {
        Tally tally = new Tally();

        long taken = IntStream.range(0, 40_000)
                .parallel()
                .mapToLong(i -> {
                    tally.add(TODAY, Counts.of(Effect.REFUSED));
                    return i % 100 == 0
                            ? tally.take().values().stream()
                                    .mapToLong(Counts::refused)
                                    .sum()
                            : 0;
                })
                .sum();

        assertThat(taken + tally.take().getOrDefault(TODAY, Counts.NONE).refused())
                .isEqualTo(40_000);
    }
}
