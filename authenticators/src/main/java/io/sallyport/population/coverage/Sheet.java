package io.sallyport.population.coverage;

import java.util.List;
import java.util.Optional;

/**
 * Some users in the order of their names.
 *
 * @param next the name after which the list goes on; absent if there is nobody left
 */
public record Sheet(List<Covered> users, Optional<String> next) {

    public Sheet {
        users = List.copyOf(users);
    }
}
