package io.sallyport.gate;

import io.sallyport.form.OAuthAnswer;
import io.sallyport.verify.BrokenOff;
import io.sallyport.verify.TokenRefused;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/** A refused token: on the record, without a session left behind, and answered with the contract's body. */
final class Refusal {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticatedClientSessionModel clientSession;
    private final Grant grant;

    Refusal(KeycloakSession session, RealmModel realm, AuthenticatedClientSessionModel clientSession, Grant grant) {
        this.session = session;
        this.realm = realm;
        this.clientSession = clientSession;
        this.grant = grant;
    }

    /** Event and audit row, in the transaction of the request; call it last. */
    void record(OAuthAnswer answer) {
        TokenRefused.in(clientSession.getUserSession(), clientSession.getClient())
                .record(session, realm, answer.reason());
    }

    /** The exception that every grant of the token endpoint answers as it is. */
    CorsErrorResponseException of(OAuthAnswer answer) {
        Map<String, Object> wayOn = answer == OAuthAnswer.MFA_REQUIRED && grant.isPassword()
                ? BrokenOff.in(session, clientSession).wayOn()
                : Map.of();
        if (!grant.isRefresh()) {
            new Leftover(session, realm, clientSession).remove();
        }
        return answered(answer, wayOn);
    }

    /** The same if there is no row of it: nothing of the request stays, nor of the way on. */
    CorsErrorResponseException unrecorded() {
        session.getTransactionManager().setRollbackOnly();
        return answered(OAuthAnswer.UNAVAILABLE, Map.of());
    }

    private CorsErrorResponseException answered(OAuthAnswer answer, Map<String, Object> wayOn) {
        Cors cors = Cors.builder().auth().allowedMethods("POST").exposedHeaders(Cors.ACCESS_CONTROL_ALLOW_METHODS);
        Optional.ofNullable(session.getContext().getClient())
                .ifPresent(client -> cors.checkAllowedOrigins(session, client));
        return new Refused(cors, answer, wayOn);
    }

    /** With what Keycloak's own answer has no room for. */
    private static final class Refused extends CorsErrorResponseException {

        private final transient Cors cors;
        private final OAuthAnswer answer;
        private final transient Map<String, Object> wayOn;

        Refused(Cors cors, OAuthAnswer answer, Map<String, Object> wayOn) {
            super(cors, answer.error(), answer.description(), answer.status());
            this.cors = cors;
            this.answer = answer;
            this.wayOn = wayOn;
        }

        @Override
        public Response getResponse() {
            return cors.add(answer.builder(wayOn));
        }
    }
}
