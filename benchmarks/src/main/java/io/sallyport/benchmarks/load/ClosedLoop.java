package io.sallyport.benchmarks.load;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few clients, each of which asks again as soon as it was answered: the server is never idle.
 *
 * @param clients how many at a time
 */
record ClosedLoop(int clients) {

    /** Sign-ins per second of these users, each of whom signs in once; every one must succeed. */
    double run(Crowd crowd, int from, int to) throws Exception {
        AtomicInteger next = new AtomicInteger(from);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        long begun = System.nanoTime();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                all.add(threads.submit(() -> {
                    for (int user = next.getAndIncrement(); user < to; user = next.getAndIncrement()) {
                        signIn(crowd, user);
                    }
                    return clients;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return (to - from) * 1e9 / (System.nanoTime() - begun);
    }

    private static void signIn(Crowd crowd, int user) throws Exception {
        HttpResponse<String> answer = OpenLoop.CLIENT.send(crowd.directGrant(user, ""), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }
}
