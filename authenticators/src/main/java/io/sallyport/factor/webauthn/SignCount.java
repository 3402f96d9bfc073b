package io.sallyport.factor.webauthn;

/** WebAuthn §7.2 step 21 and §6.1.1: what a signature counter says about copies of a key. */
public enum SignCount {
    /** The authenticator has no counter. */
    NONE,
    /** Greater than before. */
    NEW,
    /** Not greater than before: a replay, or a copy of the key is in use. */
    POSSIBLE_CLONE;

    /** What the counter of an assertion says after the stored one; an authenticator that once counted goes on counting. */
    public static SignCount of(long presented, long stored) {
        if (presented == 0 && stored <= 0) {
            return NONE;
        }
        return presented > stored ? NEW : POSSIBLE_CLONE;
    }
}
