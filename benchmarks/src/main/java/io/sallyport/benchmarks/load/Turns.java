package io.sallyport.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who sign in at several sides in turn, sign-in by sign-in, so that whatever else the machine does falls on all of
 * them alike.
 *
 * @param clients how many at a time
 */
record Turns(int clients) {

    /**
     * One of the sides.
     *
     * @param crowd who signs in there
     * @param offset number of the first of them
     */
    record Side(String name, Crowd crowd, int offset) {}

    /** Users from this one to that one of each side, each once; the latencies of the sides in their order. */
    List<Latencies> run(List<Side> sides, int from, int to) throws Exception {
        List<Latencies> all = sides.stream().map(side -> new Latencies()).toList();
        AtomicInteger next = new AtomicInteger(from);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                running.add(threads.submit(() -> {
                    for (int user = next.getAndIncrement(); user < to; user = next.getAndIncrement()) {
                        for (int turn = 0; turn < sides.size(); turn++) {
                            int side = (user + turn) % sides.size(); // none always comes first
                            signIn(sides.get(side), user, all.get(side));
                        }
                    }
                    return clients;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return all;
    }

    private static void signIn(Side side, int user, Latencies latencies) {
        long begun = System.nanoTime();
        side.crowd().signIn(side.offset() + user);
        latencies.add(System.nanoTime() - begun, true);
    }
}
