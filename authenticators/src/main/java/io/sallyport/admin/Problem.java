package io.sallyport.admin;

import io.sallyport.event.Correlation;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/** The errors of our administration calls, as {@code application/problem+json} (RFC 9457) without internals. */
enum Problem {
    INVALID_REQUEST(Response.Status.BAD_REQUEST, 38013, "The request is not valid"),
    FORBIDDEN(Response.Status.FORBIDDEN, 38015, "The caller is not allowed to do this"),
    NOT_FOUND(Response.Status.NOT_FOUND, 38016, "There is no such thing"),
    MFA_POLICY_NOT_FOUND(Response.Status.NOT_FOUND, 38007, "There is no such policy rule"),
    POLICY_CONFLICT(Response.Status.CONFLICT, 38019, "The policy has changed or holds such a rule already"),
    UNSUPPORTED_MEDIA(Response.Status.UNSUPPORTED_MEDIA_TYPE, 38021, "The media type is not supported"),
    MFA_REQUIRED(Response.Status.FORBIDDEN, 38005, "A fresh proof of a second factor is required"),
    MFA_NOT_ENABLED(Response.Status.FORBIDDEN, 38009, "The realm has no MFA"),
    TOO_LARGE(Response.Status.REQUEST_ENTITY_TOO_LARGE, 38020, "The request is too large"),
    MFA_UNAVAILABLE(Response.Status.SERVICE_UNAVAILABLE, 38012, "MFA is unavailable");

    private static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

    private final Response.Status status;
    private final int code;
    private final String title;

    Problem(Response.Status status, int code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    /** The exception that answers this; the transaction of the request is rolled back. */
    WebApplicationException exception(KeycloakSession session, List<String> problems) {
        session.getTransactionManager().setRollbackOnly();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", name());
        body.put("error_code", code);
        body.put("title", title);
        body.put("status", status.getStatusCode());
        body.put("correlation_id", Correlation.idOf(session));
        if (!problems.isEmpty()) {
            body.put("problems", problems);
        }
        return new WebApplicationException(Response.status(status)
                .type(PROBLEM_JSON)
                .header("Cache-Control", "no-store")
                .entity(body)
                .build());
    }
}
