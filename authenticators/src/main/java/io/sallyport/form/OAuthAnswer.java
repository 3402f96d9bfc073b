package io.sallyport.form;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.keycloak.OAuthErrorException;

/** The refusals of the token endpoint, in the form of RFC 6749 §5.2. */
public enum OAuthAnswer {
    MFA_REQUIRED(Response.Status.FORBIDDEN, "mfa_required", "A second factor is required"),
    LOCKED(Response.Status.BAD_REQUEST, OAuthErrorException.INVALID_GRANT, "Invalid user credentials"),
    WRONG_CODE(Response.Status.BAD_REQUEST, OAuthErrorException.INVALID_GRANT, "Invalid user credentials"),
    UNAVAILABLE(Response.Status.SERVICE_UNAVAILABLE, "mfa_unavailable", "MFA is unavailable, try again later");

    private final Response.Status status;
    private final String error;
    private final String description;

    OAuthAnswer(Response.Status status, String error, String description) {
        this.status = status;
        this.error = error;
        this.description = description;
    }

    /** The answer itself. */
    public Response response() {
        return response(Map.of());
    }

    /** The answer with more than its reason; nobody may keep it. */
    public Response response(Map<String, Object> more) {
        return builder(more).build();
    }

    /** The same, for more headers. */
    public Response.ResponseBuilder builder(Map<String, Object> more) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        body.putAll(more);
        return Response.status(status)
                .header("Cache-Control", "no-store")
                .entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE);
    }

    /** The reason as events name it. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** HTTP status. */
    public Response.Status status() {
        return status;
    }

    /** The error code. */
    public String error() {
        return error;
    }

    /** Its description. */
    public String description() {
        return description;
    }
}
