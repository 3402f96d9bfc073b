package io.sallyport.audit.outbox;

import io.sallyport.event.sink.MfaEventSink;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who is left alone for a while, because he did not answer as he should several times in a row; others of his lane go on. */
final class Rest {

    static final Duration LENGTH = Duration.ofSeconds(5);

    private final Map<Lane, Map<String, Long>> ends = new ConcurrentHashMap<>();

    void begin(Lane lane, Set<String> addressees) {
        long end = System.nanoTime() + LENGTH.toNanos();
        Map<String, Long> own = ends.computeIfAbsent(lane, key -> new ConcurrentHashMap<>());
        addressees.forEach(addressee -> own.put(addressee, end));
    }

    /** The lane has one addressee only, or can't be read. */
    void begin(Lane lane) {
        begin(lane, Set.of(MfaEventSink.ONLY));
    }

    /** Whom of this lane nobody should call now. */
    Set<String> of(Lane lane) {
        Map<String, Long> own = ends.computeIfAbsent(lane, key -> new ConcurrentHashMap<>());
        own.values().removeIf(end -> System.nanoTime() - end > 0);
        return Set.copyOf(own.keySet());
    }

    /** Whether there is nothing to be done in this lane now. */
    boolean whole(Lane lane) {
        return of(lane).contains(MfaEventSink.ONLY);
    }
}
