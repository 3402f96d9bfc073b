package io.sallyport.audit.outbox;

import io.sallyport.event.sink.Delivery;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Calls of one sink, each of which ends in time, whatever it waits for: a name server, a mail server, a loop. */
final class Calls implements AutoCloseable {

    /** With the twenty seconds of a batch before it well within a lease. */
    static final Duration LONGEST = Duration.ofSeconds(12);

    /** Four are under way at a time; the others are those that don't end when they are told to. */
    private static final int MOST = 16;

    private static final Logger LOG = Logger.getLogger(Calls.class);

    private final String sink;
    private final Duration longest;
    private final ThreadPoolExecutor threads;

    Calls(String sink) {
        this(sink, LONGEST);
    }

    Calls(String sink, Duration longest) {
        this.sink = sink;
        this.longest = longest;
        this.threads = new ThreadPoolExecutor(
                0, MOST, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), Threads.named("sallyport-outbox-call-" + sink));
    }

    /** What became of it; a call that breaks or does not end is one that failed. */
    Delivery delivery(String event, Callable<Delivery> call) {
        Future<Delivery> sent;
        try {
            sent = threads.submit(call);
        } catch (RejectedExecutionException full) {
            return Delivery.tryAgain("calls before this one have not ended");
        }
        try {
            return sent.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException endless) {
            sent.cancel(true);
            return Delivery.tryAgain("no answer in " + longest.toSeconds() + " seconds");
        } catch (ExecutionException broken) {
            LOG.errorf(broken, "The sink %s broke at event %s", sink, event);
            return Delivery.tryAgain("the sink broke: " + kind(broken));
        } catch (InterruptedException ending) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return Delivery.tryAgain("the server stops");
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
