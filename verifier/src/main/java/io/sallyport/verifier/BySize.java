package io.sallyport.verifier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Any number of checkpoints in the order of their sizes, those of one size in that of their times: sorted piece by piece, of which all but one lie on the disk. */
final class BySize implements AutoCloseable {

    /** Some 10 MB in memory. */
    private static final int PIECE = 32 * 1024;

    private static final Comparator<Witness> ORDER = Comparator.comparingLong(Witness::size)
            .thenComparing(witness -> witness.checkpoint().time());

    private final List<Witness> begun = new ArrayList<>();
    private final Spool spool = new Spool();
    private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::witness, ORDER));

    /** The smallest that is left of a piece. */
    private record Head(Witness witness, Iterator<Witness> rest) {}

    /** One more. */
    void add(Witness witness) {
        begun.add(witness);
        if (begun.size() == PIECE) {
            push(spool.write(sorted()));
        }
    }

    Optional<Witness> first() {
        if (!begun.isEmpty()) {
            push(sorted().iterator());
        }
        return Optional.ofNullable(heads.peek()).map(Head::witness);
    }

    /** Requires that there is one. */
    void removeFirst() {
        push(heads.remove().rest());
    }

    private List<Witness> sorted() {
        begun.sort(ORDER);
        List<Witness> piece = List.copyOf(begun);
        begun.clear();
        return piece;
    }

    private void push(Iterator<Witness> rest) {
        if (rest.hasNext()) {
            heads.add(new Head(rest.next(), rest));
        }
    }

    @Override
    public void close() {
        spool.close();
    }
}
