package io.sallyport.rest;

import io.sallyport.json.Problem;
import io.sallyport.verify.MfaToken;
import io.sallyport.verify.TokenFlaw;
import io.sallyport.verify.TokenRefused;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/** Refuses an {@code mfa_token}: its bearer hears that it is unknown, and the trail why. */
final class TokenRefusal {

    private final KeycloakSession session;
    private final MfaToken token;

    TokenRefusal(KeycloakSession session, MfaToken token) {
        this.session = session;
        this.token = token;
    }

    /** Of a token that there is not, or not any more. */
    static WebApplicationException unknown(KeycloakSession session) {
        return Problem.UNAUTHENTICATED.exception(
                session,
                List.of(),
                Map.of(HttpHeaders.WWW_AUTHENTICATE, Scheme.of(session).refusal("error=\"invalid_token\"")));
    }

    /** Before anything was done in the request. */
    WebApplicationException because(TokenFlaw flaw) {
        record(flaw);
        return unknown(session);
    }

    /** Of a token that is good for something, but not for this. */
    WebApplicationException forbidden(TokenFlaw flaw, String problem) {
        record(flaw);
        return Problem.FORBIDDEN.exception(session, List.of(problem));
    }

    /** For a call that repeats the one which spent the token. */
    WebApplicationException repeated() {
        record(TokenFlaw.SPENT);
        return Problem.IDEMPOTENCY_CONFLICT.exception(session, List.of());
    }

    /** In a request that has done its work, when another one was quicker. */
    WebApplicationException tooLate() {
        TokenRefused.of(token, session.getContext().getRealm()).recordInstead(session, TokenFlaw.SPENT.wireName());
        return unknown(session);
    }

    private void record(TokenFlaw flaw) {
        TokenRefused.recordOnce(session, token, flaw);
    }
}
