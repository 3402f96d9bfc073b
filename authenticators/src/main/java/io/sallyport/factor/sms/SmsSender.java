package io.sallyport.factor.sms;

import org.keycloak.provider.Provider;

/**
 * Carries messages. It is called outside of any transaction, on a thread of its own, and given up after five seconds; it
 * must not try a message twice.
 */
public interface SmsSender extends Provider {

    /** Sends one message, once. What goes wrong is an answer; an exception counts as {@link Delivery.Unclear}. */
    Delivery send(Sms sms);

    /** Whether it carries texts of ours; if not, it sends nothing but codes. */
    default boolean carriesTexts() {
        return true;
    }

    @Override
    default void close() {}
}
