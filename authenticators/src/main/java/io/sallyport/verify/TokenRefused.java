package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Puts on the record that a token or an assertion was refused. */
public final class TokenRefused {

    private TokenRefused() {}

    /** Event and audit row, in a transaction of their own. */
    public static void record(
            KeycloakSession session,
            RealmModel realm,
            String userId,
            String clientId,
            String sessionId,
            String reason) {
        Trail.record(
                session,
                realm,
                MfaEvent.of(MfaEventType.TOKEN_REFUSED, Outcome.FAILURE)
                        .user(userId)
                        .client(Optional.of(clientId))
                        .session(sessionId)
                        .with(Detail.REASON, reason));
    }
}
