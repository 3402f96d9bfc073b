package io.sallyport.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Frontier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BySizeTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private final Frontier tree = Frontier.empty();

    /** 32,768 is a piece. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 32_768, 32_769, 100_000})
    void theyComeInTheOrderOfTheirSizesWhicheverOrderTheyHad(int many) {
        List<Witness> all = new ArrayList<>();
        for (int number = 0; number < many; number++) {
            all.add(witness(number));
        }
        List<Witness> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(1));

        List<Witness> found = new ArrayList<>();
        try (BySize bySize = new BySize()) {
            shuffled.forEach(bySize::add);
            for (Optional<Witness> next = bySize.first(); next.isPresent(); next = bySize.first()) {
                found.add(next.get());
                bySize.removeFirst();
            }
        }

        assertThat(found).isSortedAccordingTo(Comparator.comparingLong(Witness::size));
        assertThat(found).containsExactlyInAnyOrderElementsOf(all);
    }

    /** Two of each size, from two places. */
    private Witness witness(int number) {
        long size = number / 2 * 3L;
        if (number % 2 == 0) {
            tree.append(tree.root());
        }
        return new Witness(
                new Checkpoint("realm", size, tree.root(), START.plusSeconds(number), START.minusNanos(number)),
                "file " + number % 2,
                number % 2 == 0 ? Optional.of("tree") : Optional.empty());
    }
}
