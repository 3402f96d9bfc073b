package io.sallyport.verifier;

import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.JointProof;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows of some time: each fits the hash beside it, which whoever changes a row by SQL changes too, so page by page they must lead
 * to what the realm signed. That these rows were handed out, and no others, is the word of the manifest.
 */
final class PeriodCheck implements Check {

    /** Far more than a server proves together, and little enough to hold. */
    private static final int MOST = 10_000;

    /** What is signed so long after the time that is asked for leaves room for rows that were put in meanwhile. */
    private static final Duration LATEST = Duration.ofDays(7);

    private final Instant from;
    private final Instant to;
    private final Duration tolerance;
    private final Dates dates;
    private final SealOrder order;
    private final SortedMap<Long, Hash> unproved = new TreeMap<>();
    private Optional<Witness> signed = Optional.empty();
    /** Of what is signed; nothing bounds what is held against nothing. */
    private long size = Long.MAX_VALUE;

    private Instant latest = Instant.MAX;
    private Instant last = Instant.EPOCH;
    private long rows;
    private long waiting;
    private long neverProved;
    private boolean closed;

    /**
     * @param to the first instant that is too late
     * @param tolerance as for a whole trail
     */
    PeriodCheck(Instant from, Instant to, Duration tolerance) {
        // what is stored is as exact as that, and older servers took any time
        this.from = from.truncatedTo(ChronoUnit.MILLIS);
        this.to = to.truncatedTo(ChronoUnit.MILLIS);
        this.tolerance = tolerance;
        this.dates = new Dates(tolerance);
        this.order = new SealOrder(tolerance);
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
        Optional<String> fault = fault(row);
        last = row.time();
        rows++;
        return fault.map(what -> Finding.at(row.position().orElse(rows - 1), row.eventId(), what));
    }

    /** What it says is put in words only where something is wrong: there are millions of rows. */
    private Optional<String> fault(Row row) {
        if (closed) {
            return Optional.of("was put in: the manifest comes before it");
        }
        boolean sealed = row.position().isPresent();
        if (sealed && row.fault().isPresent()) {
            return row.fault();
        }
        if (row.time().isBefore(from) || !row.time().isBefore(to)) {
            return Optional.of("is dated " + row.time() + ", outside of the time that was asked for");
        }
        if (row.time().isBefore(last)) {
            return Optional.of("is dated " + row.time() + ", before the row before it");
        }
        return sealed ? placed(row.position().get(), row) : unsealed(row);
    }

    private Optional<String> placed(long position, Row row) {
        if (position >= size) {
            return Optional.of("was put in: nothing is signed about its place");
        }
        if (row.time().isAfter(latest)) {
            return Optional.of("is dated " + row.time() + ", after it was signed");
        }
        order.row(row.time(), position);
        if (unproved.size() == MOST) {
            neverProved += MOST;
            unproved.clear();
        }
        return unproved.put(position, row.leaf()) == null
                ? Optional.empty()
                : Optional.of("was put in, there is another at this place");
    }

    private Optional<String> unsealed(Row row) {
        waiting++;
        return dates.isOver(row.time())
                ? Optional.of("was never sealed, although it is dated " + row.time())
                : Optional.empty();
    }

    @Override
    public Optional<Finding> checkpoint(Witness witness) {
        if (rows > 0 || signed.isPresent()) {
            return Optional.of(Finding.at(rows, "comes before a checkpoint, which is about the whole trail"));
        }
        signed = Optional.of(witness);
        size = witness.size();
        latest = witness.checkpoint().time().plus(tolerance);
        return dates.signed(witness);
    }

    @Override
    public Optional<Finding> proof(JointProof proof) {
        if (signed.isEmpty() || unproved.isEmpty()) {
            return Optional.of(Finding.at(rows, "comes before a proof of nothing"));
        }
        Witness witness = signed.get();
        if (!proof.includes(unproved, witness.size(), witness.checkpoint().root())) {
            return Optional.of(Finding.at(
                    unproved.firstKey(),
                    "is the first of " + unproved.size() + " rows that are not all what is signed in " + witness));
        }
        unproved.clear();
        return Optional.empty();
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
        return isProved() && waiting == 0 && doubt().isEmpty();
    }

    private boolean isProved() {
        return signed.isPresent() && neverProved == 0 && unproved.isEmpty();
    }

    /** Why a row may have been put in and dated back before it was sealed. */
    private Optional<String> doubt() {
        Optional<String> early = signed.map(witness -> witness.checkpoint().completeAt())
                .filter(complete -> complete.isBefore(to))
                .map(complete -> "that time was not over when all of it was signed the last time, " + complete);
        Optional<String> far = signed.map(witness -> witness.checkpoint().completeAt())
                .filter(complete -> Duration.between(to, complete).compareTo(LATEST) > 0)
                .map(complete -> "what is signed is of " + complete + ", long after that time");
        return early.or(() -> far)
                .or(() -> order.late().map(late -> "row " + late + " was sealed after rows of later dates"))
                .map(why -> why + ": whether a row was dated back before it was sealed, the whole trail tells");
    }

    @Override
    public String summary() {
        return rows + " rows from " + from + " to " + to + ", " + waiting
                + " of them not sealed yet, which nothing vouches for; each of the others "
                + (isProved()
                        ? "is in what is signed in "
                                + signed.map(Witness::toString).orElse("nothing")
                        : "fits its own hash, and nothing shows that these hashes are what was signed: take the whole trail")
                + "; the realm signed that it handed out these and no others of that time: whether the trail holds others, the"
                + " whole trail tells"
                + doubt().map(why -> "; " + why).orElse("");
    }
}
