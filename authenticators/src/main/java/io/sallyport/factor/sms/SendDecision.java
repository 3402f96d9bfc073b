package io.sallyport.factor.sms;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Whether a message may be sent. */
public sealed interface SendDecision {

    /**
     * It may, and is counted.
     *
     * @param sendId the row
     * @param replaces reference of the message before it
     */
    record Granted(String sendId, Optional<String> replaces) implements SendDecision {}

    /** Too soon after the one before. */
    record Waiting(Instant until) implements SendDecision {}

    /** There were too many. */
    record Capped(Cap cap, Instant until) implements SendDecision {}

    /** One answer for each case. */
    default <T> T match(Function<Granted, T> granted, Function<Waiting, T> waiting, Function<Capped, T> capped) {
        if (this instanceof Granted yes) {
            return granted.apply(yes);
        }
        return this instanceof Waiting soon ? waiting.apply(soon) : capped.apply((Capped) this);
    }
}
