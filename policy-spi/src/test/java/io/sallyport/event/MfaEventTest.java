package io.sallyport.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MfaEventTest {

    private static final MfaEvent BARE = MfaEvent.of(MfaEventType.FAILED, Outcome.FAILURE);

    @Test
    void anEventStartsWithNothingButWhatHappened() {
        assertThat(BARE)
                .isEqualTo(new MfaEvent(
                        MfaEventType.FAILED,
                        Outcome.FAILURE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
    }

    @Test
    void eachAdditionKeepsTheOthers() {
        MfaEvent event = BARE.with("b", "2")
                .session("s")
                .client(Optional.of("c"))
                .user("u")
                .with("a", "1");

        assertThat(event)
                .isEqualTo(new MfaEvent(
                        MfaEventType.FAILED,
                        Outcome.FAILURE,
                        Optional.of("u"),
                        Optional.of("c"),
                        Optional.of("s"),
                        Map.of("a", "1", "b", "2")));
    }

    @Test
    void theLastValueOfADetailStays() {
        assertThat(BARE.with("a", "1").with("a", "2").details()).isEqualTo(Map.of("a", "2"));
    }

    @Test
    void anEventCannotBeChangedFromOutside() {
        Map<String, String> details = new HashMap<>(Map.of("a", "1"));
        MfaEvent event = new MfaEvent(
                MfaEventType.FAILED, Outcome.FAILURE, Optional.empty(), Optional.empty(), Optional.empty(), details);

        details.put("a", "2");

        assertThat(event.details()).isEqualTo(Map.of("a", "1")).isUnmodifiable();
    }
}
