package io.sallyport.verify;

import java.time.Instant;

/**
 * A pass without proof, of one session and for exactly the rules that decided. It never makes claims.
 *
 * @param kind why it was given
 * @param until its end
 */
public record Waiver(Kind kind, Instant until) {

    /** Why a waiver was given; the names are stored. */
    public enum Kind {
        /** The user put off enrolling, as the deciding rules allow. */
        GRACE,
        /** The user trusts the browser in which he proved a factor before. */
        TRUSTED_DEVICE
    }
}
