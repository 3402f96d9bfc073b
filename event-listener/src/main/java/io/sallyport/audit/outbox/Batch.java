package io.sallyport.audit.outbox;

import io.sallyport.event.sink.CloudEvent;
import io.sallyport.event.sink.MfaEventSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was claimed of one lane, with all that is needed to send it without a transaction.
 *
 * @param events by their ids; a row of the trail that is not there has none
 * @param route absent if the realm has no such target any more
 */
record Batch(List<Claimed> rows, Map<String, CloudEvent> events, Optional<MfaEventSink.Route> route) {

    static final Batch NONE = new Batch(List.of(), Map.of(), Optional.empty());

    Batch {
        rows = List.copyOf(rows);
        events = Map.copyOf(events);
    }

    /** What is called with it. */
    String target() {
        return route.map(MfaEventSink.Route::target).orElse("");
    }
}
