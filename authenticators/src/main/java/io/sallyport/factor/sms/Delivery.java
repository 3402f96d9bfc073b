package io.sallyport.factor.sms;

import java.util.function.Function;

/** What became of one attempt to send. Reasons are ours: nothing that a provider said reaches people or events. */
public sealed interface Delivery {

    /** The provider took the message. */
    record Sent(String reference) implements Delivery {}

    /** The provider will not carry messages to this number. */
    record Refused(String reason) implements Delivery {}

    /**
     * The message was not sent.
     *
     * @param reason as events name it
     * @param toAnybody whether messages of others would fare the same
     */
    record Unavailable(String reason, boolean toAnybody) implements Delivery {}

    /** Nobody knows whether it was sent: there was no answer, or none that says so. */
    record Unclear(String reason) implements Delivery {}

    /** One answer for each case. */
    default <T> T match(
            Function<Sent, T> sent,
            Function<Refused, T> refused,
            Function<Unavailable, T> unavailable,
            Function<Unclear, T> unclear) {
        if (this instanceof Sent done) {
            return sent.apply(done);
        }
        if (this instanceof Refused no) {
            return refused.apply(no);
        }
        return this instanceof Unavailable not ? unavailable.apply(not) : unclear.apply((Unclear) this);
    }

    /** Whether the provider itself is in trouble; an answer about one number or one message says nothing about it. */
    default boolean isOutage() {
        return match(sent -> false, refused -> false, Unavailable::toAnybody, unclear -> true);
    }
}
