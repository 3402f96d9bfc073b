package io.sallyport.audit.sealing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** Work that is done piece by piece, in turn: whoever has most of it keeps others waiting for one piece only. */
final class Turns {

    private Turns() {}

    /**
     * Until nobody has more, or for some time, in which each has one turn at least.
     *
     * @param piece does one piece of somebody's work; whether he has more
     * @return whether somebody has more, and it is time to see who else has something
     */
    static boolean take(List<String> all, Duration longest, Predicate<String> piece) {
        long end = System.nanoTime() + longest.toNanos();
        Deque<String> waiting = new ArrayDeque<>(all);
        int turns = 0;
        while (!waiting.isEmpty() && (turns < all.size() || System.nanoTime() - end < 0)) {
            String next = waiting.remove();
            turns++;
            if (piece.test(next)) {
                waiting.add(next);
            }
        }
        return !waiting.isEmpty();
    }
}
