package io.sallyport.population.coverage;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds whoever is in a state, page by page in the order of names, and looks at no more people than it must. */
final class Pages {

    /** So many are read at once where many of them turned out not to be in the state. */
    private static final int CHUNK = 500;

    /** Of those whom the database takes to be in a state, most are: one in so many more is read at first. */
    private static final int SPARE = 4;

    private final Roll roll;
    private final Bench bench;

    Pages(Roll roll, Bench bench) {
        this.roll = roll;
        this.bench = bench;
    }

    /** A page after a name. */
    Sheet page(State state, String after, int max) {
        int first = state.isExact() ? max + 1 : max + 1 + max / SPARE;
        Draft draft = new Draft(state, after, max);
        if (roll.seeks(state)) {
            fill(draft, first, name -> roll.sought(state, name, first));
            return draft.sheet(Optional.empty());
        }
        draft.add(bench.judged(roll.near(state, after, first)));
        if (draft.isFull()) {
            return draft.sheet(Optional.empty());
        }
        // by name and not by number from here on: somebody may have come or gone meanwhile
        Optional<String> end = roll.last(after);
        int most = state.isExact() ? first : CHUNK;
        fill(draft, most, name -> roll.upTo(state, name, end, most));
        return draft.sheet(end);
    }

    private void fill(Draft draft, int most, Function<String, List<Line>> reader) {
        List<Line> lines;
        do {
            lines = reader.apply(draft.at());
            draft.add(bench.judged(lines));
        } while (lines.size() == most && !draft.isFull());
    }
}
