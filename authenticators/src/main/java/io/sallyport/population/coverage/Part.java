package io.sallyport.population.coverage;

import java.util.Comparator;
import java.util.Optional;

/**
 * People who have something in common.
 *
 * @param name what administrators call it
 * @param id its id; absent if the name is all that there is
 */
public record Part(String name, Optional<String> id) implements Comparable<Part> {

    private static final Comparator<Part> ORDER =
            Comparator.comparing(Part::name).thenComparing(part -> part.id().orElse(""));

    @Override
    public int compareTo(Part other) {
        return ORDER.compare(this, other);
    }
}
