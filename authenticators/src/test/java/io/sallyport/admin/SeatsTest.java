package io.sallyport.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-13: how many are handed files at a time")
final class SeatsTest {

    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void eachHasTwoAndAllTogetherNoMoreThanThereAre() {
        Seats seats = new Seats(3, LONG);

        assertThat(seats.of("one")).isPresent();
        assertThat(seats.of("one")).isPresent();
        assertThat(seats.of("one")).isEmpty();
        assertThat(seats.of("another")).isPresent();
        assertThat(seats.of("a third")).isEmpty();
    }

    @Test
    void oneThatIsLeftIsFreeOnce() {
        Seats seats = new Seats(1, LONG);
        Seats.Seat left = seats.of("one").orElseThrow();
        assertThat(left.use()).isTrue();

        left.close();
        left.close();

        assertThat(left.use()).isFalse();
        assertThat(seats.of("another")).isPresent();
        assertThat(seats.of("a third")).isEmpty();
    }

    @Test
    void oneThatNobodySatDownOnIsFreeAfterAWhile() {
        Seats seats = new Seats(1, Duration.ofNanos(1));
        Seats.Seat unused = seats.of("one").orElseThrow();
        LockSupport.parkNanos(1_000);

        Seats.Seat used = seats.of("another").orElseThrow();

        assertThat(unused.use()).isFalse();
        assertThat(used.use()).isTrue();
        LockSupport.parkNanos(1_000);
        assertThat(seats.of("a third")).isEmpty();
    }
}
