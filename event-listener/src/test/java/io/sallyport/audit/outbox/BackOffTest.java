package io.sallyport.audit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackOffTest {

    private final BackOff longest = new BackOff(new Fixed(1));
    private final BackOff shortest = new BackOff(new Fixed(0));

    @ParameterizedTest
    @CsvSource({
        "1, 500, 1000",
        "2, 1000, 2000",
        "5, 8000, 16000",
        "10, 256000, 512000",
        "11, 300000, 600000",
        "999, 300000, 600000"
    })
    void itDoublesUpToTenMinutes(int failures, long least, long most) {
        assertThat(shortest.after(failures)).isEqualTo(Duration.ofMillis(least));
        assertThat(longest.after(failures)).isEqualTo(Duration.ofMillis(most));
    }

    @Test
    void aSinkMayWishForMoreWithinReason() {
        assertThat(longest.after(1, Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
        assertThat(longest.after(1, Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(longest.after(1, Duration.ofDays(9))).isEqualTo(Duration.ofHours(1));
    }

    /** The least or the most that chance can give. */
    private record Fixed(int part) implements RandomGenerator {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            return part * (bound - 1);
        }
    }
}
