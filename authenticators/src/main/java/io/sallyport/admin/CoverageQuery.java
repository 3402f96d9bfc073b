package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import jakarta.ws.rs.core.UriInfo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a call about coverage; what it does not know it refuses. */
final class CoverageQuery {

    private CoverageQuery() {}

    /** Answers 400 if there is any other parameter, or one of them twice, or without a value. */
    static void refuseOthers(UriInfo uri, String... known) {
        List<String> problems = uri.getQueryParameters().entrySet().stream()
                .flatMap(each -> problem(each.getKey(), each.getValue(), Set.of(known)).stream())
                .sorted()
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidRequest(problems);
        }
    }

    private static Optional<String> problem(String name, List<String> values, Set<String> known) {
        if (!known.contains(name)) {
            return Optional.of("unknown parameter " + name);
        }
        if (values.size() > 1) {
            return Optional.of(name + ": stands twice");
        }
        return values.stream()
                .filter(String::isEmpty)
                .map(empty -> name + ": is empty")
                .findFirst();
    }

    static <T> Optional<T> named(
            String name, @Nullable String text, Function<String, Optional<T>> reader, String wanted) {
        return Optional.ofNullable(text)
                .map(given ->
                        reader.apply(given).orElseThrow(() -> new InvalidRequest(List.of(name + ": want " + wanted))));
    }

    /** Nobody reads it but we. */
    static String cursor(String username) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(username.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<String> username(String cursor) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
                            .toString())
                    .filter(name -> !name.isEmpty() && name.indexOf('\0') < 0);
        } catch (IllegalArgumentException | CharacterCodingException nonsense) {
            return Optional.empty();
        }
    }
}
