package io.sallyport.rest;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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

    /** Begins an enrollment. */
    @POST
    @Path("auth/mfa/enroll")
    public Response enroll(InputStream body) {
        return call().by(Access.FACTORS, TokenUse.ENROLL, body, EnrollCall::new);
    }

    /** Removes a factor. */
    @DELETE
    @Path("auth/mfa/enrollments/{enrollment_id}")
    public Response revoke(@PathParam("enrollment_id") String enrollmentId) {
        return call().by(Access.FACTORS, caller -> {
            new RevokeCall(caller).of(enrollmentId);
            return Response.noContent().header("Cache-Control", "no-store").build();
        });
    }

    /** Makes new recovery codes. */
    @POST
    @Path("auth/mfa/recovery-codes")
    public Response recoveryCodes() {
        return call().by(Access.FACTORS, caller -> Call.json(new RecoveryCodesCall(caller).answer()));
    }

    /** Where a user stands. */
    @GET
    @Path("users/{user_id}/mfa-status")
    public Response status(@PathParam("user_id") String userId) {
        return call().by(Access.OWN, caller -> Call.json(new StatusCall(caller).of(userId)));
    }

    /** Asks for a proof. */
    @POST
    @Path("auth/mfa/challenge")
    public Response challenge(InputStream body) {
        return call().by(Access.FACTORS, TokenUse.CHALLENGE, body, ChallengeCall::new);
    }

    /** Proves. */
    @POST
    @Path("auth/mfa/verify")
    public Response verify(InputStream body) {
        return call().by(Access.FACTORS, TokenUse.VERIFY, body, VerifyCall::new);
    }

    /** Spends an approval. */
    @POST
    @Path("auth/mfa/authorize")
    public Response authorize(InputStream body) {
        return call().by(Access.OWN, body, AuthorizeCall::new);
    }

    /** All these calls as OpenAPI 3.1, for people and for generators of clients. */
    @GET
    @Path("openapi")
    @Produces(MediaType.APPLICATION_JSON)
    public Response openApi() {
        return Response.ok(SelfServiceResource.class.getResourceAsStream("openapi.json"))
                .header("Cache-Control", "no-store")
                .build();
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
