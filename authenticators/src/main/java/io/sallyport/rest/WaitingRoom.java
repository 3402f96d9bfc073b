package io.sallyport.rest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Where repetitions wait for their first call: each holds a thread of the node, which others could use, so they are few. */
final class WaitingRoom {

    /** Keycloak has 50 threads at least. */
    static final WaitingRoom OF_NODE = new WaitingRoom(10, 5);

    private final int seats;
    private final int seatsOfOne;
    private final Map<String, Integer> taken = new HashMap<>();

    WaitingRoom(int seats, int seatsOfOne) {
        this.seats = seats;
        this.seatsOfOne = seatsOfOne;
    }

    /** What this user waits for; empty if there is no seat for him. */
    <T> Optional<T> of(String userId, Supplier<T> wait) {
        if (!enters(userId)) {
            return Optional.empty();
        }
        try {
            return Optional.of(wait.get());
        } finally {
            leaves(userId);
        }
    }

    private synchronized boolean enters(String userId) {
        int all = taken.values().stream().mapToInt(Integer::intValue).sum();
        boolean free = all < seats && taken.getOrDefault(userId, 0) < seatsOfOne;
        if (free) {
            taken.merge(userId, 1, Integer::sum);
        }
        return free;
    }

    private synchronized void leaves(String userId) {
        taken.computeIfPresent(userId, (id, seat) -> seat == 1 ? null : seat - 1);
    }
}
