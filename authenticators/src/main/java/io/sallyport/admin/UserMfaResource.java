package io.sallyport.admin;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code …/mfa/users/{id}}: the factors of one user, and what an administrator can do about them. */
public final class UserMfaResource {

    private final KeycloakSession session;
    private final UserCall call;

    UserMfaResource(KeycloakSession session, RealmModel realm, Administrator caller, String userId) {
        this.session = session;
        this.call = new UserCall(session, realm, caller, userId);
    }

    /** What the user has, what is asked of him, and what keeps him out. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response status() {
        return call.seen(new UserStatus(session, call.realm())::of);
    }

    /** Ends the user's lock. */
    @POST
    @Path("unlock")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response unlock(@Nullable String posted) {
        return call.changed(
                Permission.RESET, () -> reason(posted), (desk, user) -> Map.of("unlocked", desk.unlock(user)));
    }

    /** Gives the user a temporary access pass; it is in this answer and nowhere else. */
    @POST
    @Path("pass")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response pass(@Nullable String posted) {
        return call.changed(Permission.RESET, () -> reason(posted), (desk, user) -> {
            var issued = desk.issuePass(user);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("pass", issued.code().grouped());
            body.put("expires_at", issued.until().toString());
            return body;
        });
    }

    /** Revokes one of the user's enrollments, and ends his sessions and what they stand on unless asked not to. */
    @DELETE
    @Path("enrollments/{enrollment_id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response revoke(
            @PathParam("enrollment_id") String enrollmentId,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("end_sessions") @Nullable String endSessions) {
        return call.changed(Permission.REVOKE, reason, (desk, user) -> {
            boolean ending =
                    yes("end_sessions", Optional.ofNullable(endSessions).orElse("true"));
            if (!desk.revoke(user, enrollmentId)) {
                throw Problem.NOT_FOUND.exception(session, List.of("there is no such enrollment of this user"));
            }
            return Map.of("revoked", true, "sessions_ended", ending ? desk.endSessions(user) : 0);
        });
    }

    /** The browsers that the user trusts. */
    @Path("devices")
    public UserDevicesResource devices() {
        return new UserDevicesResource(call);
    }

    private String reason(@Nullable String posted) {
        RequestBody body = RequestBody.parse(
                Answer.body(session, Optional.ofNullable(posted).orElse("")), List.of("reason"));
        Optional<String> reason = body.reason();
        if (!body.has("reason")) {
            body.problem("$.reason: is missing");
        }
        body.check();
        return reason.orElse("");
    }

    private static boolean yes(String name, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidRequest(List.of(name + ": want true or false"));
        };
    }
}
