package io.sallyport.audit.outbox;

import io.sallyport.event.sink.Delivery;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Calls of one lane, each of which ends in time for whoever waits for it, whatever it waits for itself: a name server, a mail
 * server, a loop. Not all can be told to end, and those that don't keep others of their own lane only from being made.
 */
final class Calls implements AutoCloseable {

    /** With the twenty seconds of a batch before it well within a lease. */
    static final Duration LONGEST = Duration.ofSeconds(12);

    /** One is under way at a time; the other is one that did not end when it was told to. */
    private static final int MOST = 2;

    private static final Logger LOG = Logger.getLogger(Calls.class);

    private final Lane lane;
    private final Duration longest;
    private final Semaphore places = new Semaphore(MOST);
    private final ExecutorService threads;

    Calls(Lane lane) {
        this(lane, LONGEST);
    }

    Calls(Lane lane, Duration longest) {
        this.lane = lane;
        this.longest = longest;
        this.threads = Executors.newCachedThreadPool(Threads.named("sallyport-outbox-call-" + lane.sink()));
    }

    /** Whether there is no place for another call: what is not tried then has not failed. */
    boolean stuck() {
        return places.availablePermits() == 0;
    }

    /** Whether none is under way. */
    boolean idle() {
        return places.availablePermits() == MOST;
    }

    /** What became of it; a call that breaks or does not end is one that failed. */
    Delivery delivery(String event, Callable<Delivery> call) {
        if (!places.tryAcquire()) {
            return Delivery.tryAgain("calls before this one have not ended");
        }
        Future<Delivery> sent = begun(call);
        try {
            return sent.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException endless) {
            sent.cancel(true);
            return Delivery.tryAgain("no answer in " + longest.toSeconds() + " seconds");
        } catch (ExecutionException broken) {
            LOG.errorf(broken, "The sink %s broke at event %s", lane.sink(), event);
            return Delivery.tryAgain("the sink broke: " + kind(broken));
        } catch (InterruptedException ending) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return Delivery.tryAgain("the server stops");
        }
    }

    /** Its place is free again before whoever waits for it is told of its end, so that he can make the next one. */
    private Future<Delivery> begun(Callable<Delivery> call) {
        AtomicBoolean placed = new AtomicBoolean(true);
        FutureTask<Delivery> sent = new FutureTask<>(() -> {
            try {
                return call.call();
            } finally {
                leave(placed);
            }
        });
        try {
            threads.execute(() -> {
                sent.run();
                leave(placed); // where it was cancelled before it began
            });
            return sent;
        } catch (RejectedExecutionException ending) {
            return CompletableFuture.completedFuture(Delivery.tryAgain("the server stops"));
        }
    }

    private void leave(AtomicBoolean placed) {
        if (placed.getAndSet(false)) {
            places.release();
        }
    }

    private static String kind(ExecutionException broken) {
        Throwable cause = broken.getCause() == null ? broken : broken.getCause();
        return cause.getClass().getSimpleName();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
