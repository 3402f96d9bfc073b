package io.sallyport.rest;

import io.sallyport.verify.TokenPurpose;
import java.util.Map;

/** What an {@code mfa_token} is used for. */
enum TokenUse {
    ENROLL,
    CHALLENGE,
    VERIFY;

    /** Whether a token of this purpose opens it: what leads to a factor proves none, and the other way round. */
    boolean isOpenTo(TokenPurpose purpose, Map<String, Object> request) {
        return switch (this) {
            case ENROLL -> purpose == TokenPurpose.ENROLL;
            case CHALLENGE -> purpose == TokenPurpose.PROVE;
            case VERIFY -> (purpose == TokenPurpose.ENROLL) == request.containsKey("enrollment_id");
        };
    }
}
