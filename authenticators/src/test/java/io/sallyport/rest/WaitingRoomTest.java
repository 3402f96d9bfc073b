package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WaitingRoomTest {

    private final WaitingRoom room = new WaitingRoom(3, 2);

    @Test
    void oneUserDoesNotTakeAllSeats() {
        assertThat(room.of("a", () -> room.of("a", () -> room.of("a", () -> "waited"))))
                .contains(Optional.of(Optional.empty()));
    }

    @Test
    void allUsersTogetherTakeNoMoreThanThereAre() {
        assertThat(room.of(
                        "a",
                        () -> room.of(
                                        "b",
                                        () -> room.of(
                                                        "c",
                                                        () -> room.of("d", () -> "waited")
                                                                .isPresent())
                                                .orElseThrow())
                                .orElseThrow()))
                .contains(false);
    }

    @Test
    void aSeatIsFreeAgainWhateverCameOfTheWait() {
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> room.of("a", () -> {
                        throw new IllegalStateException("the server is stopping");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }

        assertThat(room.of("a", () -> room.of("a", () -> "waited").orElseThrow()))
                .contains("waited");
    }
}
