package io.sallyport.factor;

/** What a challenge asks a proof for; an answer to one never counts for another. */
public enum Purpose {
    SIGN_IN,
    ENROLL,
    /** One action with exactly these details. */
    APPROVE
}
