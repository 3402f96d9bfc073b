package io.sallyport.audit.outbox;

import io.sallyport.event.sink.CloudEvent;
import io.sallyport.event.sink.Delivery;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Sends one batch, one event after the other, and keeps what became of each. No transaction is open meanwhile. */
final class Sending {

    /** Failures in a row after which an addressee is left alone for a while. */
    static final int PATIENCE = 3;

    /** With the time that a call may take, well within a lease. */
    static final Duration BUDGET = Duration.ofSeconds(20);

    private static final Logger LOG = Logger.getLogger(Sending.class);

    private final String sink;
    private final Calls calls;
    private final int mostAttempts;
    private final BackOff backOff;
    private final List<Claimed> arrived = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final Map<String, Integer> failuresInARow = new HashMap<>();

    Sending(String sink, Calls calls, int mostAttempts, BackOff backOff) {
        this.sink = sink;
        this.calls = calls;
        this.mostAttempts = mostAttempts;
        this.backOff = backOff;
    }

    /** What is to be written down of one that did not arrive. */
    interface Mark {
        void in(Ledger ledger) throws SQLException;
    }

    List<Claimed> arrived() {
        return List.copyOf(arrived);
    }

    List<Mark> marks() {
        return List.copyOf(marks);
    }

    /** Who did not answer as he should so often that he gets a rest. */
    Set<String> exhausted() {
        return failuresInARow.entrySet().stream()
                .filter(counted -> counted.getValue() >= PATIENCE)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    void send(Batch batch) {
        long end = System.nanoTime() + BUDGET.toNanos();
        for (Claimed row : batch.rows()) {
            if (exhausted().contains(row.addressee()) || calls.stuck() || System.nanoTime() - end > 0) {
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
            return Delivery.refused("there is no such row in the audit trail, or none that can be read");
        }
        return batch.route()
                .map(route -> calls.delivery(row.eventId(), () -> route.send(event.get(), row.addressee())))
                .orElseGet(() -> Delivery.refused("the realm has no such target any more"));
    }

    private boolean done(Claimed row) {
        failuresInARow.remove(row.addressee());
        Counters.delivered(sink, "accepted");
        return arrived.add(row);
    }

    private boolean failed(Claimed row, Delivery.TryAgain again) {
        failuresInARow.merge(row.addressee(), 1, Integer::sum);
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
