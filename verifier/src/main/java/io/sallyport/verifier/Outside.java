package io.sallyport.verifier;

import java.util.Optional;

/** The checkpoints that did not come with the trail, from one or more places; each is held against it when its size is reached. */
final class Outside implements AutoCloseable {

    private final BySize waiting = new BySize();
    private Optional<Witness> last = Optional.empty();

    /** One more; all of them before the first row. */
    Optional<Finding> take(Witness witness) {
        Optional<Witness> before = last.filter(known -> known.from().equals(witness.from()));
        last = Optional.of(witness);
        waiting.add(witness);
        // in one place they are written as they are signed, and a trail only grows
        return before.filter(known -> isNoGrowth(known, witness) || isNoGrowth(witness, known))
                .map(known -> Finding.at(
                        Math.min(known.size(), witness.size()),
                        "is not what it was: " + known + " and " + witness + " can't be of one trail"));
    }

    private static boolean isNoGrowth(Witness one, Witness later) {
        return later.checkpoint().time().isAfter(one.checkpoint().time()) && later.size() < one.size();
    }

    /** The smallest that is left. */
    Optional<Witness> next() {
        return waiting.first();
    }

    /** The smallest that is left, if it is about no more rows than that. */
    Optional<Witness> next(long most) {
        return next().filter(witness -> witness.size() <= most);
    }

    /** The smallest was held against the trail. */
    void done() {
        waiting.removeFirst();
    }

    @Override
    public void close() {
        waiting.close();
    }
}
