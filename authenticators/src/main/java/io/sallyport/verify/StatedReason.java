package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Why an administrator does what this request does; it goes on the record with whatever comes of it. */
public record StatedReason(String text) {

    private static final String ATTRIBUTE = "sallyport.reason";

    /** Leaves the reason for the rest of the request. */
    public void leaveIn(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    static MfaEvent on(KeycloakSession session, MfaEvent event) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, StatedReason.class))
                .map(reason -> event.with(Detail.REASON, reason.text()))
                .orElse(event);
    }
}
