package io.sallyport.verify;

import java.time.Duration;

/**
 * When a user is locked, and for how long.
 *
 * @param threshold so many failures in a row lock
 * @param cooldown so long
 */
record Lockout(int threshold, Duration cooldown) {

    Lockout {
        if (threshold < 1) {
            throw new IllegalArgumentException("threshold = " + threshold + ", want at least 1");
        }
    }
}
