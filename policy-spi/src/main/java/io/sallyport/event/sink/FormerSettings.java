package io.sallyport.event.sink;

import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * What settings said before they were changed, for the sinks that are asked within the same session whether they want to know: the
 * event itself does not say a secret that may stand in an address.
 */
public final class FormerSettings {

    private static final String ATTRIBUTE = "sallyport.settings.former";

    private FormerSettings() {}

    /** Remembered until the session ends. */
    public static void are(KeycloakSession session, Map<String, String> texts) {
        session.setAttribute(ATTRIBUTE, Map.copyOf(texts));
    }

    /** The text of this setting before the change; empty if it had its default, or if nothing was changed. */
    public static Optional<String> of(KeycloakSession session, String name) {
        return session.getAttribute(ATTRIBUTE) instanceof Map<?, ?> texts
                ? Optional.ofNullable(texts.get(name)).map(String::valueOf)
                : Optional.empty();
    }
}
