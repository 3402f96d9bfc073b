package io.sallyport.resource;

import java.time.Duration;
import java.util.Optional;

/** How a caller is told that an approval is missing. */
public enum Answer {
    /** 403 {@code MFA_REQUIRED}, as Sallyport's own endpoints answer. */
    FORBIDDEN(403),
    /** 401 as RFC 9470 has it, for clients that step up by themselves. */
    UNAUTHORIZED(401);

    private final int status;

    Answer(int status) {
        this.status = status;
    }

    Refusal to(NotApproved no, Optional<Duration> maxAge, String correlationId) {
        int told = no.kind() == Refusal.Kind.MFA_REQUIRED ? status : no.kind().status();
        return new Refusal(no.kind(), no.reason(), told, challenge(no.kind(), maxAge), correlationId);
    }

    private static String challenge(Refusal.Kind kind, Optional<Duration> maxAge) {
        return switch (kind) {
            case INVALID_REQUEST -> "Bearer error=\"invalid_request\"";
            case UNAUTHENTICATED -> "Bearer error=\"invalid_token\"";
            case MFA_REQUIRED ->
                "Bearer error=\"insufficient_user_authentication\", acr_values=\"mfa\""
                        + maxAge.map(age -> ", max_age=\"" + age.toSeconds() + "\"")
                                .orElse("");
            case MFA_UNAVAILABLE -> "";
        };
    }
}
