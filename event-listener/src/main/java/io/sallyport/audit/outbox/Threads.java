package io.sallyport.audit.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** A few threads for each sink, so that none waits for another; a realm has one of them at a time. */
final class Threads implements AutoCloseable {

    private static final int OF_EACH_SINK = 4;

    private final Map<String, ExecutorService> bySink = new ConcurrentHashMap<>();
    private final Map<Lane, Calls> calls = new ConcurrentHashMap<>();

    ExecutorService of(String sink) {
        return bySink.computeIfAbsent(
                sink, id -> Executors.newFixedThreadPool(OF_EACH_SINK, named("sallyport-outbox-" + id)));
    }

    /** What its sink is called with for this realm: what never ends there keeps no other realm waiting. */
    Calls callsOf(Lane lane) {
        return calls.computeIfAbsent(lane, Calls::new);
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
        calls.values().forEach(Calls::close);
    }
}
