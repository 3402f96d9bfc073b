package io.sallyport.verifier;

import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Frontier;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Reads a trail from its first row to its last, keeps none of them, and says what is wrong as soon as something is. */
final class TrailCheck implements Check {

    /** The least that a server keeps rows where it does not keep all of them. */
    private static final Duration LEAST_LIFE = Duration.ofDays(30);

    private Frontier tree = Frontier.empty();
    private final PriorityQueue<Witness> ahead = new PriorityQueue<>(Comparator.comparingLong(Witness::size));
    private final Duration tolerance;
    private Optional<String> realmId = Optional.empty();
    private Optional<Witness> last = Optional.empty();
    private Optional<Witness> lastOutside = Optional.empty();
    private Instant completeAt = Instant.EPOCH;
    private Instant newest = Instant.EPOCH;
    private long newestAt;
    private long erased;
    private long waiting;
    private long removed;
    private int passedOver;
    private boolean closed;

    /**
     * @param tolerance how far the clocks of nodes and of the database may lie apart, and how long a transaction may take
     */
    TrailCheck(Duration tolerance) {
        this.tolerance = tolerance;
    }

    @Override
    public Optional<Finding> outside(Witness witness) {
        Optional<Witness> before = lastOutside.filter(known -> known.from().equals(witness.from()));
        lastOutside = Optional.of(witness);
        ahead.add(witness);
        // in one place they are written as they are signed, and a trail only grows
        return before.filter(known -> isNoGrowth(known, witness) || isNoGrowth(witness, known))
                .map(known -> Finding.at(
                        Math.min(known.size(), witness.size()),
                        "is not what it was: " + known + " and " + witness + " can't be of one trail"));
    }

    private static boolean isNoGrowth(Witness one, Witness later) {
        return later.checkpoint().time().isAfter(one.checkpoint().time()) && later.size() < one.size();
    }

    @Override
    public Optional<Finding> cut(Cut cut) {
        if (tree.size() > 0 || removed > 0) {
            return Optional.of(Finding.at(tree.size(), "comes before a cut"));
        }
        Frontier gone = cut.frontier();
        realmId = Optional.of(cut.realmId());
        tree = gone;
        removed = gone.size();
        // rows are removed a month after they were sealed, at the earliest: then there were at least as many
        Instant latest = cut.time().minus(LEAST_LIFE).plus(tolerance);
        Optional<Witness> tooNew = ahead.stream()
                .filter(witness ->
                        witness.size() < removed && witness.checkpoint().time().isAfter(latest))
                .findFirst();
        if (tooNew.isPresent()) {
            return Optional.of(Finding.at(
                    tooNew.get().size(),
                    "was removed before its time: there is " + tooNew.get() + ", and rows live a month"));
        }
        // what was signed about fewer rows can't be told any more
        int known = ahead.size();
        ahead.removeIf(witness -> witness.size() < removed);
        passedOver = known - ahead.size();
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
                .or(() -> Optional.of("belongs to another realm").filter(no -> !isOfRealm(row.realmId())))
                .or(() -> Optional.of("is dated " + row.time() + ", long before it was sealed")
                        .filter(no -> row.time().isBefore(completeAt.minus(tolerance))));
        if (fault.isPresent()) {
            return fault.map(what -> Finding.at(position, row.eventId(), what));
        }
        if (row.time().isAfter(newest)) {
            newest = row.time();
            newestAt = position;
        }
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
        ahead.add(witness);
        return witnessed();
    }

    @Override
    public Optional<Finding> end() {
        if (!ahead.isEmpty()) {
            return Optional.of(Finding.at(tree.size(), "is missing, and all after it: there is " + ahead.peek()));
        }
        long signed = last.map(Witness::size).orElse(removed);
        return signed < tree.size() || last.isEmpty()
                ? Optional.of(Finding.at(signed, "no checkpoint is about it or any row after it"))
                : Optional.empty();
    }

    @Override
    public String summary() {
        return (tree.size() - removed) + " rows, all of them signed for by "
                + last.map(Witness::toString).orElse("nothing") + "; " + erased + " with erased parts; " + waiting
                + " new ones not sealed yet" + (removed > 0 ? "; " + removed + " older ones removed" : "")
                + (passedOver > 0
                        ? ", about which " + passedOver + " checkpoints from elsewhere can't be held against it"
                        : "");
    }

    private Finding afterTheEnd() {
        return Finding.at(tree.size(), "was put in: the manifest comes before it");
    }

    private Optional<Finding> unsealed(Row row) {
        waiting++;
        return row.time().isBefore(completeAt.minus(tolerance))
                ? Optional.of(
                        Finding.at(tree.size(), row.eventId(), "was never sealed, although it is dated " + row.time()))
                : Optional.empty();
    }

    private Optional<Finding> witnessed() {
        while (!ahead.isEmpty() && ahead.element().size() <= tree.size()) {
            Optional<Finding> finding = against(ahead.remove());
            if (finding.isPresent()) {
                return finding;
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> against(Witness witness) {
        long from = last.map(Witness::size).orElse(removed);
        if (!isOfRealm(Optional.of(witness.checkpoint().realmId()))) {
            return Optional.of(Finding.at(from, witness + " is another realm's"));
        }
        if (!witness.checkpoint().root().equals(tree.root())) {
            return Optional.of(Finding.at(
                    Math.min(from, Math.max(0, witness.size() - 1)),
                    "is the first of those up to row " + (witness.size() - 1) + " that are not what is signed in "
                            + witness));
        }
        if (newest.isAfter(witness.checkpoint().time().plus(tolerance))) {
            return Optional.of(Finding.at(newestAt, "is dated " + newest + ", after it was signed"));
        }
        if (last.stream().noneMatch(known -> known.size() > witness.size())) {
            last = Optional.of(witness);
        }
        if (witness.checkpoint().completeAt().isAfter(completeAt)) {
            completeAt = witness.checkpoint().completeAt();
        }
        return Optional.empty();
    }

    private boolean isOfRealm(Optional<String> id) {
        if (realmId.isEmpty()) {
            realmId = id;
        }
        return realmId.equals(id);
    }
}
