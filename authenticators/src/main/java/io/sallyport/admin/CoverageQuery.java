package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a call about coverage. */
final class CoverageQuery {

    /** Of a username, as Keycloak stores it. */
    private static final int MAX_NAME = 255;

    private CoverageQuery() {}

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
                    .filter(name -> !name.isEmpty() && name.length() <= MAX_NAME && name.indexOf('\0') < 0);
        } catch (IllegalArgumentException | CharacterCodingException nonsense) {
            return Optional.empty();
        }
    }
}
