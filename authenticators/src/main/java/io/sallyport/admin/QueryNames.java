package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The parameters that a call knows: each at most once, and with a value; whatever it does not know it refuses. */
final class QueryNames {

    private QueryNames() {}

    /** Answers 400 if there is any other parameter, or one of them twice, or without a value. */
    static void refuseOthers(UriInfo uri, String... known) {
        List<String> problems = problems(uri.getQueryParameters(), Set.of(known));
        if (!problems.isEmpty()) {
            throw new InvalidRequest(problems);
        }
    }

    /** Everything that is wrong with the names, in their order. */
    static List<String> problems(MultivaluedMap<String, String> asked, Set<String> known) {
        return asked.entrySet().stream()
                .flatMap(each -> problem(each.getKey(), each.getValue(), known).stream())
                .sorted()
                .toList();
    }

    private static Optional<String> problem(String name, List<String> values, Set<String> known) {
        if (!known.contains(name)) {
            return Optional.of(name + ": is not known");
        }
        if (values.size() > 1) {
            return Optional.of(name + ": stands twice");
        }
        return values.stream()
                .filter(String::isBlank)
                .map(empty -> name + ": is empty")
                .findFirst();
    }
}
