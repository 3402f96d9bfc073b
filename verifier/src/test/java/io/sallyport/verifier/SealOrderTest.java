package io.sallyport.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SealOrderTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SealOrder order = new SealOrder(Duration.ofMinutes(5));

    @Test
    void whatIsSealedByTheWayIsInOrder() {
        for (int second = 0; second < 10_000; second++) {
            row(second, second % 2 == 0 ? second + 1 : second - 1);
        }

        assertThat(order.late()).isEmpty();
    }

    @Test
    void aLongTransactionWithinTheToleranceIsInOrder() {
        row(0, 290);
        for (int second = 1; second < 299; second++) {
            row(second, second - 1);
        }

        assertThat(order.late()).isEmpty();
    }

    @Test
    void whatWasSealedAfterRowsOfMuchLaterDatesIsLate() {
        row(0, 0);
        row(10, 7);
        row(400, 1);
        assertThat(order.late()).as("less than twice the tolerance").isEmpty();
        row(610, 2);

        assertThat(order.late()).contains(7L);
    }

    @Test
    void aPauseIsNoDisorder() {
        row(0, 0);
        row(100_000, 1);
        row(200_000, 2);
        row(200_001, 3);

        assertThat(order.late()).isEmpty();
    }

    @Test
    void afterAPauseItIsFoundAtOnce() {
        row(0, 9);
        row(100_000, 1);

        assertThat(order.late()).contains(9L);
    }

    private void row(long second, long position) {
        order.row(START.plusSeconds(second), position);
    }
}
