package io.sallyport.gate;

import io.sallyport.form.OAuthAnswer;
import io.sallyport.verify.TokenRefused;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/** A refused token: on the record, without a session left behind, and answered with the contract's body. */
final class Refusal {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserSessionModel userSession;
    private final Grant grant;

    Refusal(KeycloakSession session, RealmModel realm, UserSessionModel userSession, Grant grant) {
        this.session = session;
        this.realm = realm;
        this.userSession = userSession;
        this.grant = grant;
    }

    /** Event and audit row, in a transaction of their own. */
    void record(OAuthAnswer answer, ClientModel client) {
        TokenRefused.in(userSession, client).record(session, realm, answer.reason());
    }

    /** The exception that every grant of the token endpoint answers as it is. */
    CorsErrorResponseException of(OAuthAnswer answer) {
        if (grant.makesASession()) {
            session.sessions().removeUserSession(realm, userSession);
            Optional.ofNullable(session.sessions().getOfflineUserSession(realm, userSession.getId()))
                    .ifPresent(offline -> session.sessions().removeOfflineUserSession(realm, offline));
        }
        Cors cors = Cors.builder().auth().allowedMethods("POST").exposedHeaders(Cors.ACCESS_CONTROL_ALLOW_METHODS);
        Optional.ofNullable(session.getContext().getClient())
                .ifPresent(client -> cors.checkAllowedOrigins(session, client));
        return new CorsErrorResponseException(cors, answer.error(), answer.description(), answer.status());
    }
}
