package io.sallyport.audit.outbox;

import io.sallyport.provider.Generations;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jboss.logging.Logger;

/** A few threads for each sink, so that none waits for another; a realm has one of them at a time. */
final class Threads implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Threads.class);
    private static final int OF_EACH_SINK = 4;

    private final Map<String, ExecutorService> bySink = new ConcurrentHashMap<>();
    private final Map<Lane, Generations<Calls>> calls = new ConcurrentHashMap<>();
    private final Set<Lane> stuck = ConcurrentHashMap.newKeySet();

    ExecutorService of(String sink) {
        return bySink.computeIfAbsent(
                sink, id -> Executors.newFixedThreadPool(OF_EACH_SINK, named("sallyport-outbox-" + id)));
    }

    /**
     * What its sink is called with for this realm, as long as it calls this target: what never ends there keeps no other realm
     * waiting, nor this one once it is mended.
     */
    Calls callsOf(Lane lane, String target) {
        return calls.computeIfAbsent(lane, key -> new Generations<>(() -> new Calls(key), Calls::idle))
                .of(target);
    }

    /** Whether one more call may be made; that there is no place any more, and that there is one again, is told once. */
    boolean room(Lane lane, Calls own) {
        if (!own.stuck()) {
            if (stuck.remove(lane)) {
                LOG.infof("Events of realm %s go to the sink %s again", lane.realmId(), lane.sink());
            }
            return true;
        }
        if (stuck.add(lane)) {
            LOG.errorf(
                    "From this node no event of realm %s goes to the sink %s: calls before do not end. Another target is called at once",
                    lane.realmId(), lane.sink());
        }
        return false;
    }

    /** The lanes without a place for a call. */
    Set<Lane> stuck() {
        return Collections.unmodifiableSet(stuck);
    }

    /** That never keep a server from ending. */
    static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        bySink.values().forEach(ExecutorService::shutdown);
        calls.values().forEach(generations -> generations.all().forEach(Calls::close));
    }
}
