package io.sallyport.verifier;

import io.sallyport.audit.seal.Cut;
import java.time.Instant;
import java.util.Optional;

/**
 * The rows of some time: each fits the hash beside it. Who changes a row by SQL changes that hash too, and nothing here is held
 * against what the realm signed as it happened; that these rows were handed out, and no others, is the word of the manifest.
 */
final class PeriodCheck implements Check {

    private final Instant from;
    private final Instant to;
    private Instant last = Instant.EPOCH;
    private long rows;
    private long waiting;
    private boolean closed;

    /**
     * @param to the first instant that is too late
     */
    PeriodCheck(Instant from, Instant to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public Optional<Finding> outside(Witness witness) {
        throw new Unreadable("checkpoints say nothing about the rows of some time: take the whole trail");
    }

    @Override
    public void passOver() {
        // whatever comes from elsewhere says nothing here
    }

    @Override
    public Optional<Finding> cut(Cut cut) {
        return Optional.of(Finding.at(rows, "comes before a cut"));
    }

    @Override
    public Optional<Finding> row(Row row) {
        Optional<String> fault = Optional.of("was put in: the manifest comes before it")
                .filter(no -> closed)
                .or(row.position().isPresent() ? row::fault : Optional::empty)
                .or(() -> Optional.of("is dated " + row.time() + ", outside of the time that was asked for")
                        .filter(no -> row.time().isBefore(from) || !row.time().isBefore(to)))
                .or(() -> Optional.of("is dated " + row.time() + ", before the row before it")
                        .filter(no -> row.time().isBefore(last)));
        last = row.time();
        rows++;
        waiting += row.position().isPresent() ? 0 : 1;
        return fault.map(what -> Finding.at(row.position().orElse(rows - 1), row.eventId(), what));
    }

    @Override
    public Optional<Finding> checkpoint(Witness witness) {
        return Optional.of(Finding.at(rows, "comes before a checkpoint, which is about the whole trail"));
    }

    @Override
    public Optional<Finding> manifest() {
        closed = true;
        return Optional.empty();
    }

    @Override
    public Optional<Finding> end() {
        return Optional.empty();
    }

    @Override
    public boolean isHeldAgainstSigned() {
        return false;
    }

    @Override
    public String summary() {
        return rows + " rows from " + from + " to " + to + ", which the realm handed out, and no others of that time; "
                + waiting
                + " of them are not sealed yet, each of the others fits its own hash, and nothing shows that these hashes are"
                + " what was signed: take the whole trail";
    }
}
