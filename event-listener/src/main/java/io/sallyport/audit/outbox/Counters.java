package io.sallyport.audit.outbox;

import io.micrometer.core.instrument.Metrics;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;

/** Counts for Keycloak's metrics; no tag ever holds what a user or an application said. */
final class Counters {

    private Counters() {}

    /** An event that is on the record. */
    static void event(MfaEventType type, Outcome outcome) {
        Metrics.counter("sallyport.events", "type", type.wireName(), "outcome", outcome.name())
                .increment();
    }

    /** What became of one try to deliver. */
    static void delivered(String sink, String result) {
        Metrics.counter("sallyport.outbox.deliveries", "sink", sink, "result", result)
                .increment();
    }
}
