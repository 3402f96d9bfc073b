package io.sallyport.verify;

/** What an {@code mfa_token} opens: one is of no use for the other. */
public enum TokenPurpose {
    /** To get a factor, and to sign in by its first code. */
    ENROLL,
    /** To sign in by a factor that the user has. */
    PROVE
}
