package io.sallyport.json;

import io.sallyport.provider.KeycloakClock;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Says when a call may be made again. */
public final class RetryAfter {

    private RetryAfter() {}

    /** RFC 9110 §10.2.3: the header, in whole seconds of which the last has passed by then. */
    public static Map<String, String> at(Instant then) {
        long seconds = Math.max(1, Duration.between(KeycloakClock.now(), then).toSeconds() + 1);
        return Map.of(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }
}
