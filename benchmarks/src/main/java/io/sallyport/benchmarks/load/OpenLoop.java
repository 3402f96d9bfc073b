package io.sallyport.benchmarks.load;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests that leave by the clock, whether the ones before are answered or not; each is measured from the moment at which
 * it had to leave, so that what waits for a slow server counts.
 *
 * @param rate in a second
 * @param requests of a round
 */
record OpenLoop(int rate, int requests) {

    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** One failure is enough to read. */
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private static final long NANOS = 1_000_000_000L;

    /** One round. */
    Latencies run(Side side) {
        Latencies latencies = new Latencies();
        List<CompletableFuture<?>> open = new ArrayList<>();
        long start = System.nanoTime() + NANOS / 10;
        for (int i = 0; i < requests; i++) {
            int user = i;
            long due = start + i * NANOS / rate;
            HttpRequest request = side.request(user);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            open.add(CLIENT.sendAsync(request, BodyHandlers.ofString())
                    .handle((answer, broken) ->
                            latencies.add(System.nanoTime() - due, answer != null && succeeded(side, user, answer))));
        }
        open.forEach(CompletableFuture::join);
        return latencies;
    }

    private static boolean succeeded(Side side, int user, HttpResponse<String> answer) {
        boolean success = side.succeeded(user, answer);
        if (!success && !TOLD.getAndSet(true)) {
            System.err.println(side.name() + ": " + answer.statusCode() + " " + answer.body());
        }
        return success;
    }
}
