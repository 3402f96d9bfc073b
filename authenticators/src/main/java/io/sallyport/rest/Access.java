package io.sallyport.rest;

/** What a caller's token must be good for. */
enum Access {
    /** Any access token of the user's own session: it says nothing but what is his, and spends what he approved. */
    OWN,
    /** One that the client asked for on purpose, by the client scope {@code mfa}: it reaches the user's factors. */
    FACTORS;

    /** The audience of tokens that reach factors, put there by the client scope {@code mfa}. */
    static final String AUDIENCE = "sallyport";
}
