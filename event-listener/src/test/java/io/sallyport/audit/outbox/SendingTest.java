package io.sallyport.audit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.event.sink.CloudEvent;
import io.sallyport.event.sink.Delivery;
import io.sallyport.event.sink.MfaEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SendingTest {

    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Calls calls = new Calls(new Lane("test", "realm"), Duration.ofMillis(500));
    private final Sending sending = new Sending("test", calls, 3, new BackOff(new Random(1)));

    @Test
    void eachEventIsSentInItsOrder() {
        sending.send(batch(event -> Delivery.accepted(), "1", "2", "3"));

        assertThat(sent).containsExactly("1", "2", "3");
        assertThat(sending.arrived()).hasSize(3);
        assertThat(sending.exhausted()).isEmpty();
    }

    /** Were the last call's thread counted until it waits again, the next call would find no place now and then. */
    @Test
    void aCallThatEndedIsInNobodysWay() {
        for (int call = 0; call < 20_000; call++) {
            assertThat(calls.stuck()).isFalse();
            assertThat(calls.delivery("1", Delivery::accepted)).isEqualTo(Delivery.accepted());
        }
    }

    @Test
    void aTargetThatFailsAgainAndAgainIsLeftAlone() {
        sending.send(batch(event -> Delivery.tryAgain("down"), "1", "2", "3", "4", "5"));

        assertThat(sent).containsExactly("1", "2", "3");
        assertThat(sending.marks()).hasSize(5);
        assertThat(sending.exhausted()).containsExactly("");
    }

    @Test
    void refusedEventsAreNoFailureOfTheTarget() {
        sending.send(batch(event -> Delivery.refused("no"), "1", "2", "3", "4"));

        assertThat(sent).hasSize(4);
        assertThat(sending.exhausted()).isEmpty();
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

    @Test
    void whoDoesNotAnswerIsLeftAloneAndKeepsNobodyElseFromIt() {
        MfaEventSink.Route route = new MfaEventSink.Route() {
            @Override
            public Delivery send(CloudEvent event) {
                throw new IllegalStateException("everybody has a name");
            }

            @Override
            public Delivery send(CloudEvent event, String addressee) {
                sent.add(addressee);
                return addressee.equals("gone") ? Delivery.tryAgain("no such user") : Delivery.accepted();
            }
        };
        List<Claimed> rows = Stream.of("gone", "gone", "gone", "gone", "ciso", "gone", "ciso")
                .map(addressee -> new Claimed(1, "1", addressee, 1, 0))
                .toList();

        sending.send(new Batch(rows, Map.of("1", event("1")), Optional.of(route)));

        assertThat(sent).containsExactly("gone", "gone", "gone", "ciso", "ciso");
        assertThat(sending.exhausted()).containsExactly("gone");
        assertThat(sending.arrived()).hasSize(2);
        assertThat(sending.marks()).hasSize(5);
    }

    @Test
    void anErrorOfASinkIsItsOwn() {
        sending.send(batch(
                event -> {
                    throw new NoClassDefFoundError("of somebody else");
                },
                "1",
                "2"));

        assertThat(sent).hasSize(2);
        assertThat(sending.marks()).hasSize(2);
    }

    @Test
    void aCallThatDoesNotEndIsAFailureAndKeepsNobodyWaiting() {
        CountDownLatch never = new CountDownLatch(1);
        sending.send(batch(
                event -> {
                    try {
                        never.await();
                    } catch (InterruptedException told) {
                        sent.add("interrupted");
                    }
                    return Delivery.accepted();
                },
                "1"));

        assertThat(sending.marks()).hasSize(1);
        assertThat(sending.exhausted()).isEmpty();
        assertThat(calls.delivery("2", Delivery::accepted)).isEqualTo(Delivery.accepted());
    }

    @Test
    void whatCanNotBeTriedBecauseOthersNeverEndHasNotFailed() {
        sending.send(batch(
                event -> {
                    while (!ended.get()) {
                        LockSupport.parkNanos(
                                Duration.ofMillis(10).toNanos()); // as JavaMail does, it heeds no interrupt
                    }
                    return Delivery.accepted();
                },
                "1",
                "2",
                "3",
                "4"));

        assertThat(sent).containsExactly("1", "2");
        assertThat(sending.marks()).hasSize(4);
        assertThat(sending.exhausted()).isEmpty();
        assertThat(calls.stuck()).isTrue();
    }

    @AfterEach
    void close() {
        ended.set(true);
        calls.close();
    }

    private Batch batch(Function<CloudEvent, Delivery> target, String... ids) {
        MfaEventSink.Route route = event -> {
            sent.add(event.id());
            return target.apply(event);
        };
        return new Batch(
                Stream.of(ids)
                        .map(id -> new Claimed(Long.parseLong(id), id, "", 1, 0))
                        .toList(),
                Stream.of(ids).collect(Collectors.toMap(Function.identity(), SendingTest::event)),
                Optional.of(route));
    }

    private static CloudEvent event(String id) {
        return new CloudEvent(id, Optional.empty(), Instant.EPOCH, Optional.empty(), Map.of(), "{}");
    }
}
