package io.sallyport.audit.outbox;

import io.sallyport.event.sink.CloudEvent;
import io.sallyport.event.sink.Delivery;
import io.sallyport.event.sink.MfaEventSink;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Sends one batch, one event after the other, and keeps what became of each. No transaction is open meanwhile. */
final class Sending {

    /** Failures in a row after which a target is left alone for a while. */
    static final int PATIENCE = 3;

    /** With the ten seconds that a call may take, well within a lease. */
    static final Duration BUDGET = Duration.ofSeconds(20);

    private static final Logger LOG = Logger.getLogger(Sending.class);

    private final String sink;
    private final int mostAttempts;
    private final BackOff backOff;
    private final List<Mark> marks = new ArrayList<>();
    private int failuresInARow;

    Sending(String sink, int mostAttempts, BackOff backOff) {
        this.sink = sink;
        this.mostAttempts = mostAttempts;
        this.backOff = backOff;
    }

    /** What is to be written down. */
    interface Mark {
        void in(Ledger ledger) throws SQLException;
    }

    List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** Whether the target did not answer as it should so often that it gets a rest. */
    boolean gaveUp() {
        return failuresInARow >= PATIENCE;
    }

    void send(Batch batch) {
        long end = System.nanoTime() + BUDGET.toNanos();
        for (Claimed row : batch.rows()) {
            if (gaveUp() || System.nanoTime() - end > 0) {
                marks.add(ledger -> ledger.untried(row));
                continue;
            }
            send(batch, row)
                    .match(() -> done(row), again -> failed(row, again), refused -> dead(row, refused.reason()));
        }
    }

    private Delivery send(Batch batch, Claimed row) {
        Optional<CloudEvent> event = Optional.ofNullable(batch.events().get(row.eventId()));
        if (event.isEmpty()) {
            return Delivery.refused("there is no such row in the audit trail");
        }
        return batch.route()
                .map(route -> send(route, event.get()))
                .orElseGet(() -> Delivery.refused("the realm has no such target any more"));
    }

    private Delivery send(MfaEventSink.Route route, CloudEvent event) {
        try {
            return route.send(event);
        } catch (RuntimeException broken) {
            LOG.errorf(broken, "The sink %s broke at event %s", sink, event.id());
            return Delivery.tryAgain("the sink broke: " + broken.getClass().getSimpleName());
        }
    }

    private boolean done(Claimed row) {
        failuresInARow = 0;
        Counters.delivered(sink, "accepted");
        return marks.add(ledger -> ledger.done(row));
    }

    private boolean failed(Claimed row, Delivery.TryAgain again) {
        failuresInARow++;
        int failures = row.attempts() + 1;
        if (failures >= mostAttempts) {
            return dead(row, again.reason());
        }
        Counters.delivered(sink, "failed");
        Duration wait =
                again.after().map(wish -> backOff.after(failures, wish)).orElseGet(() -> backOff.after(failures));
        return marks.add(ledger -> ledger.later(row, wait, cut(again.reason())));
    }

    private boolean dead(Claimed row, String reason) {
        Counters.delivered(sink, "dead");
        LOG.warnf("Event %s is not delivered to the sink %s any more: %s", row.eventId(), sink, cut(reason));
        return marks.add(ledger -> ledger.dead(row, cut(reason)));
    }

    private static String cut(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 255 ? line.substring(0, 255) : line;
    }
}
