package io.sallyport.admin;

import io.sallyport.population.simulation.Draft;
import io.sallyport.population.simulation.Show;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an administrator wants to know before he changes the policy.
 *
 * @param show whom to list; empty means everybody who is affected
 * @param after id of the user after whom the list goes on
 * @param max how many to list
 */
record SimulationRequest(
        Draft draft, SimulationContext context, Set<Show> show, Optional<String> after, Optional<Integer> max) {

    static final int MOST = 1_000;
    static final int PAGE = 100;

    /** Whom to list, in a word. */
    String shown() {
        return show.isEmpty()
                ? "all"
                : show.stream()
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .collect(Collectors.joining(" "));
    }
}
