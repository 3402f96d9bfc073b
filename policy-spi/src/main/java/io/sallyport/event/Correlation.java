package io.sallyport.event;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/** What ties an event to its request: the correlation id and the user agent, both harmless to log. */
public final class Correlation {

    private static final String ATTRIBUTE = "sallyport.correlation";
    private static final Pattern PLAIN_TOKEN = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final int MAX_AGENT = 200;

    private Correlation() {}

    /** {@code X-Correlation-Id} if it is a plain token of at most 64 characters, else generated; one per request. */
    public static String idOf(KeycloakSession session) {
        String known = session.getAttribute(ATTRIBUTE, String.class);
        if (known != null) {
            return known;
        }
        String id = header(session, "X-Correlation-Id")
                .filter(value -> PLAIN_TOKEN.matcher(value).matches())
                .orElseGet(() -> UUID.randomUUID().toString());
        session.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** Gives what another session does for the same request its id. */
    public static void share(KeycloakSession request, KeycloakSession other) {
        other.setAttribute(ATTRIBUTE, idOf(request));
    }

    /** The beginning of the user agent. */
    static Optional<String> userAgent(KeycloakSession session) {
        return header(session, HttpHeaders.USER_AGENT).flatMap(value -> OneLine.of(value, MAX_AGENT));
    }

    /** Outside of a request, at a realm import or in a timer, there are no headers. */
    private static Optional<String> header(KeycloakSession session, String name) {
        try {
            return Optional.ofNullable(
                    session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(name));
        } catch (ContextNotActiveException outsideOfARequest) {
            return Optional.empty();
        }
    }
}
