package io.sallyport.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** For some time nodes are killed and the database ends in the middle of things, while everybody goes on. */
final class Storm {

    private final TwoNodes nodes;
    private final Random random = new Random();

    Storm(TwoNodes nodes) {
        this.nodes = nodes;
    }

    void over(List<Load> loads, Duration time) throws Exception {
        Instant end = Instant.now().plus(time);
        ExecutorService threads = Executors.newFixedThreadPool(loads.size());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (Load load : loads) {
                all.add(threads.submit(() -> {
                    while (Instant.now().isBefore(end)) {
                        load.once();
                        LockSupport.parkNanos(load.pause().toNanos());
                    }
                    return load;
                }));
            }
            while (Instant.now().isBefore(end)) {
                strike();
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What is struck is up again before the next one falls. */
    private void strike() throws Exception {
        long calm = System.currentTimeMillis() + 1000 + random.nextInt(2000);
        while (System.currentTimeMillis() < calm) {
            LockSupport.parkUntil(calm);
        }
        int what = random.nextInt(6);
        if (what < 4) {
            nodes.crashDatabase();
        } else {
            KeycloakServer node = what == 4 ? nodes.first() : nodes.second();
            node.kill();
            node.start();
        }
    }
}
