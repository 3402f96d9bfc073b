package io.sallyport.json;

import io.sallyport.event.Correlation;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/** The errors of our administration calls, as {@code application/problem+json} (RFC 9457) without internals. */
public enum Problem {
    INVALID_REQUEST(Response.Status.BAD_REQUEST, 38013, "The request is not valid"),
    UNAUTHENTICATED(Response.Status.UNAUTHORIZED, 38014, "The caller is not known"),
    FORBIDDEN(Response.Status.FORBIDDEN, 38015, "The caller is not allowed to do this"),
    NOT_FOUND(Response.Status.NOT_FOUND, 38016, "There is no such thing"),
    MFA_POLICY_NOT_FOUND(Response.Status.NOT_FOUND, 38007, "There is no such policy rule"),
    POLICY_CONFLICT(Response.Status.CONFLICT, 38019, "The policy has changed or holds such a rule already"),
    UNSUPPORTED_MEDIA(Response.Status.UNSUPPORTED_MEDIA_TYPE, 38021, "The media type is not supported"),
    MFA_REQUIRED(Response.Status.FORBIDDEN, 38005, "A fresh proof of a second factor is required"),
    MFA_NOT_ENABLED(Response.Status.FORBIDDEN, 38009, "The realm has no MFA"),
    TOO_LARGE(Response.Status.REQUEST_ENTITY_TOO_LARGE, 38020, "The request is too large"),
    MFA_ALREADY_ACTIVE(Response.Status.CONFLICT, 38001, "There is such a factor already"),
    MFA_NOT_ENROLLED(Response.Status.CONFLICT, 38002, "The user has no such factor"),
    MFA_NOT_CONFIRMED(Response.Status.CONFLICT, 38003, "The factor waits for its first code"),
    INVALID_OTP(Response.Status.UNAUTHORIZED, 38004, "The answer is wrong"),
    MFA_METHOD_UNAVAILABLE(Response.Status.BAD_REQUEST, 38006, "The method is not available"),
    MFA_CODE_ALREADY_USED(Response.Status.CONFLICT, 38008, "The code was used before"),
    MFA_NOT_SUPPORTED_FOR_SSO(Response.Status.FORBIDDEN, 38010, "The identity provider proves no second factor"),
    IDEMPOTENCY_CONFLICT(Response.Status.CONFLICT, 38011, "The external_id stands for another request"),
    LAST_FACTOR(Response.Status.CONFLICT, 38017, "It is the last factor of somebody who must have one"),
    RATE_LIMITED(Response.Status.TOO_MANY_REQUESTS, 38018, "Too many requests"),
    MFA_LOCKED(Response.Status.TOO_MANY_REQUESTS, 33004, "The user is locked"),
    MFA_CHALLENGE_EXPIRED(Response.Status.GONE, 30002, "The challenge is over"),
    MFA_CHALLENGE_NOT_FOUND(Response.Status.NOT_FOUND, 30005, "There is no such challenge"),
    MFA_UNAVAILABLE(Response.Status.SERVICE_UNAVAILABLE, 38012, "MFA is unavailable");

    /** RFC 9457 §3. */
    public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    private final Response.Status status;
    private final int code;
    private final String title;

    Problem(Response.Status status, int code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    /** The exception that answers this; the transaction of the request is rolled back. */
    public WebApplicationException exception(KeycloakSession session, List<String> problems) {
        return exception(session, problems, Map.of());
    }

    /** The same with headers. */
    public WebApplicationException exception(
            KeycloakSession session, List<String> problems, Map<String, String> headers) {
        session.getTransactionManager().setRollbackOnly();
        return new WebApplicationException(answer(session, problems, headers));
    }

    /** The same, and what the request did up to here stays done: a spent code must not come back to life. */
    public Refused kept(KeycloakSession session, List<String> problems, Map<String, String> headers) {
        return new Refused(this, answer(session, problems, headers));
    }

    private Response answer(KeycloakSession session, List<String> problems, Map<String, String> headers) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", name());
        body.put("error_code", code);
        body.put("title", title);
        body.put("status", status.getStatusCode());
        body.put("correlation_id", Correlation.idOf(session));
        if (!problems.isEmpty()) {
            body.put("problems", problems);
        }
        Response.ResponseBuilder answer = Response.status(status)
                .type(MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                .entity(body);
        headers.forEach(answer::header);
        return answer.build();
    }
}
