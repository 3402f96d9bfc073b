package io.sallyport.population.coverage;

import java.util.Locale;
import java.util.Optional;

/** By what people are counted apart. */
public enum Dimension {
    /** Members of subgroups belong to the groups above. */
    GROUP,
    ORGANIZATION,
    /** Effective roles: composites, and those of groups. */
    ROLE,
    /** The methods of their factors; who has several is in several parts, who has none in a part of its own. */
    METHOD;

    /** The one of exactly this name in lower case. */
    public static Optional<Dimension> named(String name) {
        for (Dimension dimension : values()) {
            if (dimension.text().equals(name)) {
                return Optional.of(dimension);
            }
        }
        return Optional.empty();
    }

    /** Whether its parts have ids: two groups may have one path. */
    public boolean hasIds() {
        return this == GROUP || this == ORGANIZATION;
    }

    /** The name as answers use it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
