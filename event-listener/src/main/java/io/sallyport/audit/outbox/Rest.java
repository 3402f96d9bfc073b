package io.sallyport.audit.outbox;

import io.sallyport.event.sink.MfaEventSink;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Who is left alone for a while, because he did not answer as he should several times in a row; others of his lane go on. The while
 * is twice as long each time, until something arrives: trying costs a thread that other realms wait for.
 */
final class Rest {

    private static final long SHORTEST = Duration.ofSeconds(5).toNanos();
    private static final long LONGEST = Duration.ofMinutes(1).toNanos();

    /** After the end of a rest, until it is forgotten how long it was. */
    private static final long MEMORY = Duration.ofMinutes(10).toNanos();

    private final Map<Lane, Map<String, Pause>> pauses = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    Rest() {
        this(System::nanoTime);
    }

    Rest(LongSupplier clock) {
        this.clock = clock;
    }

    private record Pause(long begin, long length) {

        boolean isOver(long now, long after) {
            return now - begin >= length + after;
        }
    }

    void begin(Lane lane, Set<String> addressees) {
        long now = clock.getAsLong();
        addressees.forEach(addressee -> own(lane)
                .merge(
                        addressee,
                        new Pause(now, SHORTEST),
                        (last, first) -> new Pause(now, Math.min(LONGEST, 2 * last.length()))));
    }

    /** The lane can't be read: that is not its addressee's, and over as soon as it can be. */
    void begin(Lane lane) {
        own(lane).put(MfaEventSink.ONLY, new Pause(clock.getAsLong(), SHORTEST));
    }

    /** Something arrived there. */
    void end(Lane lane, Set<String> addressees) {
        own(lane).keySet().removeAll(addressees);
    }

    /** Whom of this lane nobody should call now. */
    Set<String> of(Lane lane) {
        long now = clock.getAsLong();
        Map<String, Pause> own = own(lane);
        own.values().removeIf(pause -> pause.isOver(now, MEMORY));
        return own.entrySet().stream()
                .filter(each -> !each.getValue().isOver(now, 0))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there is nothing to be done in this lane now. */
    boolean whole(Lane lane) {
        return of(lane).contains(MfaEventSink.ONLY);
    }

    private Map<String, Pause> own(Lane lane) {
        return pauses.computeIfAbsent(lane, key -> new ConcurrentHashMap<>());
    }
}
