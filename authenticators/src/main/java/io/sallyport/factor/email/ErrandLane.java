package io.sallyport.factor.email;

import io.sallyport.factor.email.Errands.Limits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The errands of one realm: a few under way, the others in a queue, and each of them done or told to be lost. */
final class ErrandLane {

    private final Limits limits;
    private final ExecutorService threads;
    private final ScheduledExecutorService clock;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int underWay;

    /** @param clock tells what is lost, one after the other */
    ErrandLane(Limits limits, ExecutorService threads, ScheduledExecutorService clock) {
        this.limits = limits;
        this.threads = threads;
        this.clock = clock;
    }

    private record Waiting(Errand errand, Future<?> end) {}

    /** Whether there is nothing to be done, nor anything under way. */
    synchronized boolean idle() {
        return underWay == 0 && waiting.isEmpty();
    }

    void take(Errand errand) {
        if (queued(errand)) {
            next();
        } else {
            clock.execute(() -> lose(errand, "too many wait before it"));
        }
    }

    private synchronized boolean queued(Errand errand) {
        if (waiting.size() >= limits.waiting()) {
            return false;
        }
        waiting.add(new Waiting(errand, in(limits.patience(), () -> over(errand))));
        return true;
    }

    private void over(Errand errand) {
        if (withdrawn(errand)) {
            lose(errand, "those before it took too long");
        }
    }

    /** Unless it is under way, or was. */
    private synchronized boolean withdrawn(Errand errand) {
        return waiting.removeIf(one -> one.errand() == errand);
    }

    private synchronized void next() {
        while (underWay < limits.atOnce() && !waiting.isEmpty()) {
            Waiting first = waiting.remove();
            first.end().cancel(false);
            underWay++;
            threads.execute(() -> go(first.errand()));
        }
    }

    private void go(Errand errand) {
        AtomicBoolean settled = new AtomicBoolean();
        Future<?> end = in(limits.longest(), () -> {
            if (settled.compareAndSet(false, true)) {
                lose(errand, "no end in " + limits.longest().toSeconds() + " seconds");
            }
        });
        try {
            errand.run();
            settled.set(true);
        } catch (Throwable broken) { // an error too: whatever it was, it is not done
            if (settled.compareAndSet(false, true)) {
                errand.lost("it broke", broken);
            }
        } finally {
            end.cancel(false);
            ended();
        }
    }

    private void ended() {
        synchronized (this) {
            underWay--;
        }
        next();
    }

    private Future<?> in(Duration time, Runnable work) {
        return clock.schedule(work, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void lose(Errand errand, String why) {
        errand.lost(why, new TimeoutException(why));
    }
}
