package io.sallyport.audit.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import java.util.List;
import java.util.Set;

/** Counts for Keycloak's metrics; no tag ever holds what a user or an application said. */
final class Counters {

    private static final List<String> RESULTS = List.of("accepted", "failed", "dead");

    private Counters() {}

    /** Everything at 0: an increase from nothing to 1 would be none to whoever watches, and the first lock no alert. */
    static void begin(List<String> sinks, Set<Lane> stuck) {
        for (MfaEventType type : MfaEventType.values()) {
            for (Outcome outcome : Outcome.values()) {
                counter(type, outcome);
            }
        }
        sinks.forEach(sink -> RESULTS.forEach(result -> counter(sink, result)));
        sinks.forEach(sink -> gauge(sink, stuck));
    }

    /** How many realms have no place for another call of this sink on this node. */
    private static void gauge(String sink, Set<Lane> stuck) {
        Gauge.builder(
                        "sallyport.outbox.stuck",
                        () -> stuck.stream()
                                .filter(lane -> lane.sink().equals(sink))
                                .count())
                .tag("sink", sink)
                .register(Metrics.globalRegistry);
    }

    /** An event that is on the record. */
    static void event(MfaEventType type, Outcome outcome) {
        counter(type, outcome).increment();
    }

    /** What became of one try to deliver. */
    static void delivered(String sink, String result) {
        counter(sink, result).increment();
    }

    private static Counter counter(MfaEventType type, Outcome outcome) {
        return Metrics.counter("sallyport.events", "type", type.wireName(), "outcome", outcome.name());
    }

    private static Counter counter(String sink, String result) {
        return Metrics.counter("sallyport.outbox.deliveries", "sink", sink, "result", result);
    }
}
