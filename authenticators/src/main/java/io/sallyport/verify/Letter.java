package io.sallyport.verify;

import io.sallyport.policy.Method;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One notice with what happened when and from where; never a code, a secret or a name that somebody chose freely.
 *
 * @param notice what happened
 * @param method the method that it is about; absent if it is about all
 * @param username whose account
 * @param at when
 * @param address the client's address; absent if it can't be told, or is an administrator's
 * @param byAdministrator whether an administrator did it
 */
record Letter(
        Notice notice,
        Optional<Method> method,
        String username,
        Instant at,
        Optional<String> address,
        boolean byAdministrator) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /** What the template shows. */
    Map<String, Object> attributes() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(
                "mfa",
                Map.of(
                        "title", notice.key(),
                        "method",
                                method.map(known -> "mfaMethod" + camelCase(known))
                                        .orElse(""),
                        "username", username,
                        "time", TIME.format(at),
                        "address", address.orElse(""),
                        "administrator", byAdministrator,
                        "own", notice.toTheUser()));
        return attributes;
    }

    private static String camelCase(Method method) {
        return Arrays.stream(method.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
