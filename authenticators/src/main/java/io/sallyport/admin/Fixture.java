package io.sallyport.admin;

/** One thing that a realm with MFA has beyond settings and rules; set-up puts it in place and takes it away again. */
interface Fixture {

    /** What it is, for people to read, such as {@code required action mfa-gate}. */
    String name();

    /** Whether it is absent, or not as it has to be. */
    boolean isMissing();

    /** Requires that it is missing. */
    void putInPlace();

    /** Whether taking it away would change anything; what outlives the set-up never is. */
    boolean isThere();

    /** Requires that it is there. */
    void takeAway();
}
