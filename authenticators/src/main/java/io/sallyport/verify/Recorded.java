package io.sallyport.verify;

import io.sallyport.json.Problem;
import io.sallyport.json.RetryAfter;
import jakarta.ws.rs.WebApplicationException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/**
 * A refusal that is on the record.
 *
 * @param next when another one will be recorded as what it is; absent if this one was
 */
public record Recorded(Optional<Instant> next) {

    static final Recorded AS_IT_IS = new Recorded(Optional.empty());

    /** What the caller hears: why he is refused, or that he is refused too often. */
    public WebApplicationException answer(KeycloakSession session, Supplier<WebApplicationException> why) {
        return next.<WebApplicationException>map(
                        at -> Problem.RATE_LIMITED.exception(session, List.of(), RetryAfter.at(at)))
                .orElseGet(why);
    }
}
