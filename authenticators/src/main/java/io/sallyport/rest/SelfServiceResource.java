package io.sallyport.rest;

import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/** {@code /realms/{realm}/v1}: what applications ask in the name of a user who is signed in. */
@Path("/")
public final class SelfServiceResource {

    private final KeycloakSession session;

    SelfServiceResource(KeycloakSession session) {
        this.session = session;
    }

    /** Asks for a proof. */
    @POST
    @Path("auth/mfa/challenge")
    public Response challenge(InputStream body) {
        return call().by(Access.FACTORS, body, ChallengeCall::new);
    }

    /** Proves. */
    @POST
    @Path("auth/mfa/verify")
    public Response verify(InputStream body) {
        return call().by(Access.FACTORS, body, VerifyCall::new);
    }

    /** Spends an approval. */
    @POST
    @Path("auth/mfa/authorize")
    public Response authorize(InputStream body) {
        return call().by(Access.OWN, body, AuthorizeCall::new);
    }

    /** Tells browsers which calls there are; which origins may read the answers is decided with the caller known. */
    @OPTIONS
    @Path("{any:.*}")
    public Response preflight(@PathParam("any") String any) {
        Response answer = Cors.builder()
                .auth()
                .preflight()
                .allowedMethods("GET", "POST", "DELETE")
                .add(Response.noContent());
        // the token travels in a header that the page itself sets: no cookie is wanted
        session.getContext().getHttpResponse().setHeader(Cors.ACCESS_CONTROL_ALLOW_CREDENTIALS, "false");
        return answer;
    }

    private Call call() {
        return new Call(session);
    }
}
