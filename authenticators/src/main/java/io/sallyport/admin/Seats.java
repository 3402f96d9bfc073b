package io.sallyport.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many may be handed files at a time by this node, in all and each of them: whoever reads one has a thread and a connection
 * for as long as he takes.
 */
final class Seats {

    private static final int EACH = 2;

    private final int all;
    private final long unused;
    private final List<Seat> taken = new ArrayList<>();

    /** @param unused after which a seat that nobody sat down on is free: who went away before his first byte never says so */
    Seats(int all, Duration unused) {
        this.all = all;
        this.unused = unused.toNanos();
    }

    /** One for this reader; empty if there is none for him now. */
    synchronized Optional<Seat> of(String reader) {
        taken.removeIf(seat -> !seat.inUse && System.nanoTime() - seat.since > unused);
        long own = taken.stream().filter(seat -> seat.reader.equals(reader)).count();
        if (taken.size() >= all || own >= EACH) {
            return Optional.empty();
        }
        Seat seat = new Seat(reader);
        taken.add(seat);
        return Optional.of(seat);
    }

    /** What somebody has until he leaves it. */
    final class Seat implements AutoCloseable {

        private final String reader;
        private final long since = System.nanoTime();
        private boolean inUse;

        private Seat(String reader) {
            this.reader = reader;
        }

        /** Whether it is still his. */
        boolean use() {
            synchronized (Seats.this) {
                inUse = taken.contains(this);
                return inUse;
            }
        }

        @Override
        public void close() {
            synchronized (Seats.this) {
                taken.remove(this);
            }
        }
    }
}
