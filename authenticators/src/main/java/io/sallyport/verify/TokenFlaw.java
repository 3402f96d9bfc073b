package io.sallyport.verify;

import java.util.Locale;

/** Why an {@code mfa_token} is refused: the trail says it, and nobody is told. */
public enum TokenFlaw {
    EXPIRED,
    SPENT,
    /** By a lock, a reset of the factors, or their removal. */
    ENDED,
    /** Whatever was given out before a moment is void: in the realm, for the client or for the user. */
    REVOKED,
    USER_UNAVAILABLE,
    USER_LOCKED,
    PASSWORD_CHANGED,
    /** Something that Keycloak wants of the user first. */
    ACCOUNT_NOT_SET_UP,
    CLIENT_UNAVAILABLE,
    CLIENT_UNPROVEN,
    SESSION_OVER,
    CONSENT_WITHDRAWN,
    ANOTHER_ADDRESS,
    ANOTHER_KEY,
    ANOTHER_PURPOSE;

    /** The name in events. */
    public String wireName() {
        return "mfa_token_" + name().toLowerCase(Locale.ROOT);
    }
}
