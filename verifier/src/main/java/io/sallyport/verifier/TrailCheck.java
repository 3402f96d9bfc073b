package io.sallyport.verifier;

import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Frontier;
import io.sallyport.audit.seal.JointProof;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads a trail from its first row to its last, keeps none of them, and says what is wrong as soon as something is. */
final class TrailCheck implements Check {

    /** The least that a server keeps rows where it does not keep all of them. */
    private static final Duration LEAST_LIFE = Duration.ofDays(30);

    private Frontier tree = Frontier.empty();
    private final Outside outside = new Outside();
    private final WhichTrail trail = new WhichTrail();
    private final boolean ended;
    private final Duration tolerance;
    private final Dates dates;
    private Optional<Witness> last = Optional.empty();
    private long erased;
    private long waiting;
    private long removed;
    private long passedOver;
    private long own;
    private long others;
    private boolean closed;

    /**
     * @param ended whether the file is whole, as its manifest says
     * @param tolerance how far the clocks of nodes and of the database may lie apart, and how long a transaction may take
     */
    TrailCheck(boolean ended, Duration tolerance) {
        this.ended = ended;
        this.tolerance = tolerance;
        this.dates = new Dates(tolerance);
    }

    @Override
    public Optional<Finding> outside(Witness witness) {
        own++;
        return trail.isOf(witness).or(() -> outside.take(witness));
    }

    @Override
    public void passOver() {
        others++;
    }

    @Override
    public Optional<Finding> cut(Cut cut) {
        if (tree.size() > 0 || removed > 0) {
            return Optional.of(Finding.at(tree.size(), "comes before a cut"));
        }
        Frontier gone = cut.frontier();
        trail.isOf(Optional.of(cut.realmId()));
        tree = gone;
        removed = gone.size();
        // rows are removed a month after they were sealed, at the earliest: then there were at least as many
        Instant latest = cut.time().minus(LEAST_LIFE).plus(tolerance);
        // what was signed about fewer rows can't be told any more
        for (Optional<Witness> next = outside.next(removed - 1); next.isPresent(); next = outside.next(removed - 1)) {
            if (next.get().checkpoint().time().isAfter(latest)) {
                return Optional.of(Finding.at(
                        next.get().size(),
                        "was removed before its time: there is " + next.get() + ", and rows live a month"));
            }
            Optional<Finding> another = outside.done();
            if (another.isPresent()) {
                return another;
            }
            passedOver++;
        }
        return witnessed();
    }

    @Override
    public Optional<Finding> manifest() {
        closed = true;
        return Optional.empty();
    }

    @Override
    public Optional<Finding> row(Row row) {
        if (closed) {
            return Optional.of(afterTheEnd());
        }
        if (row.position().isEmpty()) {
            return unsealed(row);
        }
        long position = row.position().get();
        if (position != tree.size()) {
            return Optional.of(
                    position > tree.size()
                            ? Finding.at(tree.size(), "is missing")
                            : Finding.at(position, row.eventId(), "was put in, there is another at this place"));
        }
        Optional<String> fault = row.fault()
                .or(() -> Optional.of("belongs to another realm").filter(no -> !trail.isOf(row.realmId())))
                .or(() -> tooOld(row));
        if (fault.isPresent()) {
            return fault.map(what -> Finding.at(position, row.eventId(), what));
        }
        dates.row(position, row.time());
        erased += row.isErased() ? 1 : 0;
        tree.append(row.leaf());
        return witnessed();
    }

    @Override
    public Optional<Finding> checkpoint(Witness witness) {
        if (closed) {
            return Optional.of(afterTheEnd());
        }
        if (witness.size() < tree.size()) {
            return Optional.of(Finding.at(witness.size(), witness + " comes after later rows"));
        }
        if (witness.size() > 0 && tree.size() == 0 && !ended) {
            throw new Unreadable("it begins as the rows of some time do, and has no manifest: the download was cut off,"
                    + " take it again");
        }
        return witness.size() > tree.size() ? Optional.of(missing(witness)) : against(witness);
    }

    @Override
    public Optional<Finding> proof(JointProof proof) {
        return Optional.of(Finding.at(tree.size(), "comes before a proof, which is about the rows of some time"));
    }

    @Override
    public Optional<Finding> end() {
        if (others > 0 && own == 0) {
            throw new Unreadable("no checkpoint from elsewhere is about this realm");
        }
        Optional<Witness> beyond = outside.next();
        if (beyond.isPresent()) {
            return beyond.map(this::missing);
        }
        long signed = last.map(Witness::size).orElse(removed);
        return signed < tree.size() || last.isEmpty()
                ? Optional.of(Finding.at(signed, "no checkpoint is about it or any row after it"))
                : Optional.empty();
    }

    @Override
    public boolean isHeldAgainstSigned() {
        return true; // or the end is a finding
    }

    @Override
    public String summary() {
        return (tree.size() - removed) + " rows, all of them signed for by "
                + last.map(Witness::toString).orElse("nothing") + "; " + erased + " with erased parts; " + waiting
                + " new ones not sealed yet" + (removed > 0 ? "; " + removed + " older ones removed" : "")
                + (passedOver > 0
                        ? ", about which " + passedOver + " checkpoints from elsewhere can't be held against it"
                        : "")
                + (others > 0
                        ? "; " + others + " lines from elsewhere passed over, which are about no trail of this realm"
                        : "");
    }

    private Finding missing(Witness witness) {
        return Finding.at(tree.size(), "is missing, and all after it: there is " + witness);
    }

    private Finding afterTheEnd() {
        return Finding.at(tree.size(), "was put in: the manifest comes before it");
    }

    private Optional<String> tooOld(Row row) {
        return dates.isOver(row.time())
                ? Optional.of("is dated " + row.time() + ", long before it was sealed")
                : Optional.empty();
    }

    private Optional<Finding> unsealed(Row row) {
        waiting++;
        return dates.isOver(row.time())
                ? Optional.of(
                        Finding.at(tree.size(), row.eventId(), "was never sealed, although it is dated " + row.time()))
                : Optional.empty();
    }

    private Optional<Finding> witnessed() {
        for (Optional<Witness> next = outside.next(tree.size()); next.isPresent(); next = outside.next(tree.size())) {
            Optional<Finding> finding = against(next.get()).or(outside::done);
            if (finding.isPresent()) {
                return finding;
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> against(Witness witness) {
        long from = last.map(Witness::size).orElse(removed);
        if (!trail.isOf(Optional.of(witness.checkpoint().realmId()))) {
            return Optional.of(Finding.at(from, witness + " is another realm's"));
        }
        Optional<Finding> foreign = trail.isOf(witness);
        if (foreign.isPresent()) {
            return foreign;
        }
        if (!witness.checkpoint().root().equals(tree.root())) {
            return Optional.of(Finding.at(
                    Math.min(from, Math.max(0, witness.size() - 1)),
                    "is the first of those up to row " + (witness.size() - 1) + " that are not what is signed in "
                            + witness));
        }
        Optional<Finding> late = dates.signed(witness);
        if (late.isEmpty() && last.stream().noneMatch(known -> known.size() > witness.size())) {
            last = Optional.of(witness);
        }
        return late;
    }

    @Override
    public void close() {
        outside.close();
    }
}
