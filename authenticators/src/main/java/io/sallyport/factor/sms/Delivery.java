package io.sallyport.factor.sms;

import java.util.function.Function;

/** What became of one attempt to send. Reasons are ours: nothing that a provider said reaches people or events. */
public sealed interface Delivery {

    /** The provider took the message. */
    record Sent(String reference) implements Delivery {}

    /** The provider will not carry messages to this number. */
    record Refused(String reason) implements Delivery {}

    /** The provider can't do its part now, or nobody knows whether it did. */
    record Unavailable(String reason) implements Delivery {}

    /** One answer for each case. */
    default <T> T match(Function<Sent, T> sent, Function<Refused, T> refused, Function<Unavailable, T> unavailable) {
        if (this instanceof Sent done) {
            return sent.apply(done);
        }
        return this instanceof Refused no ? refused.apply(no) : unavailable.apply((Unavailable) this);
    }
}
