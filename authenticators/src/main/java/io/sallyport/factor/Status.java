package io.sallyport.factor;

/** The life of an enrollment, in this order and never back. */
public enum Status {
    /** Waits for its first valid code. */
    ENROLLED,
    ACTIVE,
    /** Gone; the row stays, its secret does not. */
    REVOKED
}
