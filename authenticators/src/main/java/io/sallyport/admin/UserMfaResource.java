package io.sallyport.admin;

import io.sallyport.factor.pass.Passes;
import io.sallyport.json.InvalidRequest;
import io.sallyport.json.Problem;
import io.sallyport.population.UserStatus;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code …/mfa/users/{id}}: the factors of one user, and what an administrator can do about them. */
public final class UserMfaResource {

    private static final List<String> BY_MAIL = List.of("reason", "by_mail");

    private final KeycloakSession session;
    private final UserCall call;

    UserMfaResource(KeycloakSession session, RealmModel realm, Administrator caller, String userId) {
        this.session = session;
        this.call = new UserCall(session, realm, caller, userId);
    }

    /** What the user has, what is asked of him, what keeps him out, and what the caller may do about it. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response status() {
        return call.seen(user -> {
            Map<String, Object> view = new LinkedHashMap<>(new UserStatus(session, call.realm()).of(user));
            view.put("may", call.caller().rolesFor(user));
            view.put("mail", new PassMail(session, call.realm()).reaches(user));
            return view;
        });
    }

    /** Ends whatever time the user has to put enrolling off: his next sign-in asks for it. */
    @DELETE
    @Path("grace")
    @Produces(MediaType.APPLICATION_JSON)
    public Response endGrace(@QueryParam("reason") @Nullable String reason) {
        return call.changed(Permission.RESET, reason, (desk, user) -> Map.of("ended", desk.endGrace(user)));
    }

    /** Ends the user's sessions and whatever they stand on. */
    @DELETE
    @Path("sessions")
    @Produces(MediaType.APPLICATION_JSON)
    public Response endSessions(@QueryParam("reason") @Nullable String reason) {
        return call.changed(Permission.RESET, reason, (desk, user) -> Map.of("ended", desk.signOut(user)));
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

    /** Gives the user a temporary access pass: it is in this answer or in a mail to him, and nowhere else. */
    @POST
    @Path("pass")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response pass(@Nullable String posted) {
        return call.changed(
                Permission.RESET,
                () -> reason(body(posted, BY_MAIL)),
                (desk, user) -> body(posted, BY_MAIL).yes("by_mail")
                        ? mailed(desk.mailPass(user))
                        : shown(desk.issuePass(user)));
    }

    /**
     * Makes the user's recovery codes void; he gets new ones after his next proof, and nobody else sees them. By mail he gets a
     * link to new ones, and the old ones go on until he has those.
     */
    @POST
    @Path("recovery-codes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response recoveryCodes(@Nullable String posted) {
        return call.changed(
                Permission.RESET,
                () -> reason(body(posted, BY_MAIL)),
                (desk, user) -> body(posted, BY_MAIL).yes("by_mail")
                        ? mailed(desk.mailCodes(user))
                        : Map.of("voided", desk.resetCodes(user)));
    }

    /**
     * Revokes one of the user's enrollments, and ends his sessions and what they stand on unless asked not to. With a pass
     * by mail he can enroll another one.
     */
    @DELETE
    @Path("enrollments/{enrollment_id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response revoke(
            @PathParam("enrollment_id") String enrollmentId,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("end_sessions") @Nullable String endSessions,
            @QueryParam("mail_pass") @Nullable String mailPass) {
        return call.changed(Permission.REVOKE, reason, (desk, user) -> {
            boolean ending = yes("end_sessions", endSessions, true);
            boolean mailing = yes("mail_pass", mailPass, false);
            if (mailing) {
                call.caller().require(Permission.RESET);
                desk.requireMail(user);
            }
            if (!desk.revoke(user, enrollmentId)) {
                throw Problem.NOT_FOUND.exception(session, List.of("there is no such enrollment of this user"));
            }
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("revoked", true);
            answer.put("sessions_ended", ending ? desk.endSessions(user) : 0);
            if (mailing) {
                answer.put("pass_mailed", mailed(desk.mailPass(user)));
            }
            return answer;
        });
    }

    /** The browsers that the user trusts. */
    @Path("devices")
    public UserDevicesResource devices() {
        return new UserDevicesResource(call);
    }

    private static Map<String, Object> shown(Passes.Issued issued) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("pass", issued.code().grouped());
        body.put("expires_at", issued.until().toString());
        return body;
    }

    private static Map<String, Object> mailed(Instant until) {
        return Map.of("expires_at", until.toString());
    }

    private String reason(@Nullable String posted) {
        return reason(body(posted, List.of("reason")));
    }

    private static String reason(RequestBody body) {
        Optional<String> reason = body.reason();
        if (!body.has("reason")) {
            body.problem("$.reason: is missing");
        }
        body.check();
        return reason.orElse("");
    }

    private RequestBody body(@Nullable String posted, List<String> fields) {
        return RequestBody.parse(
                Answer.body(session, Optional.ofNullable(posted).orElse("")), fields);
    }

    private static boolean yes(String name, @Nullable String text, boolean otherwise) {
        return switch (Optional.ofNullable(text).orElse(String.valueOf(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidRequest(List.of(name + ": want true or false"));
        };
    }
}
