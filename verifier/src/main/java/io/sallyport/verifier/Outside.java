package io.sallyport.verifier;

import java.util.Optional;

/** The checkpoints that did not come with the trail, from one or more places; each is held against it when its size is reached. */
final class Outside implements AutoCloseable {

    private final BySize waiting = new BySize();
    private Optional<Witness> last = Optional.empty();
    private Optional<Witness> held = Optional.empty();

    /** One more; all of them before the first row. */
    Optional<Finding> take(Witness witness) {
        Optional<Witness> before = last.filter(known -> known.from().equals(witness.from()));
        last = Optional.of(witness);
        waiting.add(witness);
        // in one place they are written as they are signed, and a trail only grows
        return before.filter(known -> isNoGrowth(known, witness) || isNoGrowth(witness, known))
                .map(known -> notOfOneTrail(known, witness));
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

    /**
     * The smallest was held against the trail, or is about rows that are gone. All of them together, whichever places they come
     * from and however often, must be of one trail: times are never signed backwards, and of one size there is one root.
     */
    Optional<Finding> done() {
        Optional<Witness> before = held;
        held = next();
        waiting.removeFirst();
        return before.flatMap(known ->
                held.filter(witness -> isNoneAfter(known, witness)).map(witness -> notOfOneTrail(known, witness)));
    }

    /** Whether the second, which is about as many rows or more, can't be of the trail of the first. */
    private static boolean isNoneAfter(Witness known, Witness witness) {
        boolean backwards =
                witness.checkpoint().time().isBefore(known.checkpoint().time());
        boolean sameSize = witness.size() == known.size();
        return backwards
                || (sameSize
                        && !witness.checkpoint()
                                .root()
                                .equals(known.checkpoint().root()));
    }

    private static Finding notOfOneTrail(Witness one, Witness other) {
        return Finding.at(
                Math.min(one.size(), other.size()),
                "is not what it was: " + one + " and " + other + " can't be of one trail");
    }

    @Override
    public void close() {
        waiting.close();
    }
}
