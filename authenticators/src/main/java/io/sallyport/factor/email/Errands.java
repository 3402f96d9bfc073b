package io.sallyport.factor.email;

import io.sallyport.provider.Generations;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/**
 * The errands of a node, a lane for each realm: a realm whose server never answers keeps its own lane busy, and nobody else's.
 * There are as many threads as the lanes need, two for each server that a realm has or had; they never keep a server from ending.
 */
final class Errands {

    /**
     * How far a realm may go.
     *
     * @param atOnce so many are under way; one that does not end counts until it does, since nothing can end it
     * @param waiting so many wait; one more is lost
     * @param patience after this one that waits is lost
     * @param longest after this one that is under way is lost
     */
    record Limits(int atOnce, int waiting, Duration patience, Duration longest) {

        static final Limits USUAL = new Limits(2, 1_000, Duration.ofMinutes(2), Duration.ofSeconds(30));
    }

    private final Limits limits;
    private final ExecutorService threads = Executors.newCachedThreadPool(daemons("sallyport-mail"));
    private final ScheduledThreadPoolExecutor clock =
            new ScheduledThreadPoolExecutor(1, daemons("sallyport-mail-clock"));
    private final Map<String, Generations<ErrandLane>> lanes = new ConcurrentHashMap<>();

    Errands(Limits limits) {
        this.limits = limits;
        clock.setRemoveOnCancelPolicy(true); // what is done is not kept: there are codes in it
    }

    /** Takes it, and returns at once. Once a realm has another server, nobody waits for what hangs at the one before. */
    void take(String realmId, String server, Errand errand) {
        lanes.computeIfAbsent(
                        realmId,
                        id -> new Generations<>(() -> new ErrandLane(limits, threads, clock), ErrandLane::idle))
                .of(server)
                .take(errand);
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
