package io.sallyport.population.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A page that is being written. */
final class Draft {

    private final State state;
    private final int max;
    private final List<Covered> users = new ArrayList<>();
    private String at;
    private boolean full;

    Draft(State state, String after, int max) {
        this.state = state;
        this.at = after;
        this.max = max;
    }

    /** Adds those who are in the state, until one more of them than there is room for has come. */
    void add(List<Covered> some) {
        for (Covered one : some) {
            if (state.includes(one)) {
                if (users.size() == max) {
                    full = true;
                    return;
                }
                users.add(one);
            }
            at = one.username();
        }
    }

    /** Whether there is somebody for the next page. */
    boolean isFull() {
        return full;
    }

    /** The last name that was looked at. */
    String at() {
        return at;
    }

    /** The page; if it is not full, the list goes on after the end. */
    Sheet sheet(Optional<String> end) {
        return new Sheet(users, full ? Optional.of(at) : end);
    }
}
