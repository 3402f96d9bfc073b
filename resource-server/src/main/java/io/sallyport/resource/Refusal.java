package io.sallyport.resource;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A "no" and how it is told to the caller, as problem+json.
 *
 * @param kind what the caller can do about it
 * @param reason for the log; never told to the caller
 * @param status HTTP status
 * @param challenge value of {@code WWW-Authenticate}; empty for none
 */
public record Refusal(Kind kind, String reason, int status, String challenge, String correlationId) {

    /** The media type of {@link #body}. */
    public static final String PROBLEM = "application/problem+json";

    /** What the caller can do about it. */
    public enum Kind {
        /** Send one token, in one place. */
        INVALID_REQUEST(400, 38013, "The request carries its token in a way that is not taken"),
        /** Get a new token. */
        UNAUTHENTICATED(401, 38014, "A valid access token is needed"),
        /** Have the user approve exactly this action. */
        MFA_REQUIRED(403, 38005, "This action needs a fresh approval"),
        /** Try again later. */
        MFA_UNAVAILABLE(503, 38012, "The approval could not be checked");

        private final int status;
        private final int code;
        private final String title;

        Kind(int status, int code, String title) {
            this.status = status;
            this.code = code;
            this.title = title;
        }

        int status() {
            return status;
        }
    }

    /** The headers of the answer, but its media type. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-store");
        if (!challenge.isEmpty()) {
            headers.put("WWW-Authenticate", challenge);
        }
        return headers;
    }

    /** The answer's body. */
    public String body() {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("error", kind.name());
        problem.put("error_code", kind.code);
        problem.put("title", kind.title);
        problem.put("status", status);
        problem.put("correlation_id", correlationId);
        return JSONObjectUtils.toJSONString(problem);
    }
}
