package io.sallyport.journey;

import java.util.concurrent.locks.LockSupport;

/** Keycloak knows when a session began, and when it was used last, by whole seconds. */
final class NextSecond {

    private NextSecond() {}

    /** Waits until the clock says another second. */
    static void await() {
        long next = (System.currentTimeMillis() / 1000 + 1) * 1000;
        while (System.currentTimeMillis() < next) {
            LockSupport.parkUntil(next);
        }
    }
}
