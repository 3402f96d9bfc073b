package io.sallyport.factor.sms;

/** How far a message came; the names are stored. */
public enum SendStatus {
    /** Counted and committed; it may or may not have left. */
    GRANTED,
    SENT,
    REFUSED,
    UNAVAILABLE,
    /** There was no answer that says so. */
    UNCLEAR,
    DELIVERED,
    UNDELIVERED
}
