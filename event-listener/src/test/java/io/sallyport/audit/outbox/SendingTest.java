package io.sallyport.audit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.event.sink.CloudEvent;
import io.sallyport.event.sink.Delivery;
import io.sallyport.event.sink.MfaEventSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SendingTest {

    private final List<String> sent = new ArrayList<>();
    private final Sending sending = new Sending("test", 3, new BackOff(new Random(1)));

    @Test
    void eachEventIsSentInItsOrder() {
        sending.send(batch(event -> Delivery.accepted(), "1", "2", "3"));

        assertThat(sent).containsExactly("1", "2", "3");
        assertThat(sending.marks()).hasSize(3);
        assertThat(sending.gaveUp()).isFalse();
    }

    @Test
    void aTargetThatFailsAgainAndAgainIsLeftAlone() {
        sending.send(batch(event -> Delivery.tryAgain("down"), "1", "2", "3", "4", "5"));

        assertThat(sent).containsExactly("1", "2", "3");
        assertThat(sending.marks()).hasSize(5);
        assertThat(sending.gaveUp()).isTrue();
    }

    @Test
    void refusedEventsAreNoFailureOfTheTarget() {
        sending.send(batch(event -> Delivery.refused("no"), "1", "2", "3", "4"));

        assertThat(sent).hasSize(4);
        assertThat(sending.gaveUp()).isFalse();
    }

    @Test
    void aSinkThatBreaksFailsOnly() {
        sending.send(batch(
                event -> {
                    throw new IllegalStateException("broken");
                },
                "1",
                "2"));

        assertThat(sent).hasSize(2);
        assertThat(sending.marks()).hasSize(2);
    }

    private Batch batch(Function<CloudEvent, Delivery> target, String... ids) {
        MfaEventSink.Route route = event -> {
            sent.add(event.id());
            return target.apply(event);
        };
        return new Batch(
                Stream.of(ids)
                        .map(id -> new Claimed(Long.parseLong(id), id, 1, 0))
                        .toList(),
                Stream.of(ids).collect(Collectors.toMap(Function.identity(), SendingTest::event)),
                Optional.of(route));
    }

    private static CloudEvent event(String id) {
        return new CloudEvent(id, Optional.empty(), Instant.EPOCH, Optional.empty(), Map.of(), "{}");
    }
}
