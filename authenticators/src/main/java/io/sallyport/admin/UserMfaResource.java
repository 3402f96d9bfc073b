package io.sallyport.admin;

import io.sallyport.provider.RealmSettings;
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
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** {@code …/mfa/users/{id}}: the factors of one user, and what an administrator can do about them. */
public final class UserMfaResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Administrator caller;
    private final String userId;

    UserMfaResource(KeycloakSession session, RealmModel realm, Administrator caller, String userId) {
        this.session = session;
        this.realm = realm;
        this.caller = caller;
        this.userId = userId;
    }

    /** What the user has, what is asked of him, and what keeps him out. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response status() {
        caller.require(Permission.STATUS);
        return Answer.of(session, () -> {
            UserModel user = user();
            caller.requireView(user);
            return new UserStatus(session, realm).of(user);
        });
    }

    /** Ends the user's lock. */
    @POST
    @Path("unlock")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response unlock(@Nullable String posted) {
        return changed(Permission.RESET, () -> reason(posted), (desk, user) -> Map.of("unlocked", desk.unlock(user)));
    }

    /** Gives the user a temporary access pass; it is in this answer and nowhere else. */
    @POST
    @Path("pass")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response pass(@Nullable String posted) {
        return changed(Permission.RESET, () -> reason(posted), (desk, user) -> {
            var issued = desk.issuePass(user);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("pass", issued.code().grouped());
            body.put("expires_at", issued.until().toString());
            return body;
        });
    }

    /** Revokes one of the user's enrollments, and ends his sessions if asked to. */
    @DELETE
    @Path("enrollments/{enrollment_id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response revoke(
            @PathParam("enrollment_id") String enrollmentId,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("end_sessions") @Nullable String endSessions) {
        return changed(Permission.REVOKE, () -> PolicyRequest.why(Optional.ofNullable(reason)), (desk, user) -> {
            boolean ending = yes("end_sessions", endSessions);
            if (!desk.revoke(user, enrollmentId)) {
                throw Problem.NOT_FOUND.exception(session, List.of("there is no such enrollment of this user"));
            }
            return Map.of("revoked", true, "sessions_ended", ending ? desk.endSessions(user) : 0);
        });
    }

    private Response changed(
            Permission wanted, Supplier<String> reason, BiFunction<HelpDesk, UserModel, Map<String, Object>> change) {
        caller.require(wanted);
        return Answer.of(session, () -> {
            UserModel user = user();
            caller.requireManage(user);
            if (!RealmSettings.enabled(session, realm)) {
                throw Problem.MFA_NOT_ENABLED.exception(session, List.of());
            }
            String why = reason.get();
            caller.requireFreshProof();
            return change.apply(new HelpDesk(session, realm, caller.id(), why), user);
        });
    }

    private UserModel user() {
        return Optional.ofNullable(session.users().getUserById(realm, userId))
                .orElseThrow(() -> Problem.NOT_FOUND.exception(session, List.of("there is no such user")));
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

    private static boolean yes(String name, @Nullable String text) {
        return switch (Optional.ofNullable(text).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidRequest(List.of(name + ": want true or false"));
        };
    }
}
