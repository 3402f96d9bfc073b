package io.sallyport.population.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds whoever is in a state, page by page in the order of names, and looks at no more people than it must. */
final class Pages {

    /** Where the database can't tell all of a state. */
    private static final int CHUNK = 500;

    /** So many users are looked at for one page: few where many are in the state, and more where few are. */
    private static final List<Integer> WINDOWS = List.of(1_000, 4_000);

    private final Census census;
    private final Bench bench;

    Pages(Census census, Bench bench) {
        this.census = census;
        this.bench = bench;
    }

    /** A page after a name. */
    Sheet page(State state, String after, int max) {
        List<Covered> page = new ArrayList<>();
        if (state.isSought()) {
            Optional<String> next = fill(page, state, after, Optional.empty(), max);
            return new Sheet(page, next);
        }
        String at = after;
        for (int window : WINDOWS) {
            Optional<String> end = census.later(at, window);
            Optional<String> next = fill(page, state, at, end, max);
            if (next.isPresent() || end.isEmpty()) {
                return new Sheet(page, next);
            }
            at = end.get();
        }
        return new Sheet(page, Optional.of(at));
    }

    /** Adds whoever comes after a name, up to another one; the name at which the page was full, if it was. */
    private Optional<String> fill(List<Covered> page, State state, String after, Optional<String> end, int max) {
        String at = after;
        int most = state.isSought() || state.isExact() ? max + 1 : CHUNK;
        while (true) {
            List<Line> lines = census.after(state, at, end, most);
            for (Covered one : bench.judged(lines)) {
                if (state.includes(one)) {
                    if (page.size() == max) {
                        return Optional.of(at);
                    }
                    page.add(one);
                }
                at = one.username();
            }
            if (lines.size() < most) {
                return Optional.empty();
            }
        }
    }
}
