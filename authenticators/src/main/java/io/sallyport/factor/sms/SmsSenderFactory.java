package io.sallyport.factor.sms;

import java.util.Map;
import java.util.Optional;
import org.keycloak.provider.ProviderFactory;

/** Makes a sender. Of those that are configured the one with the highest order is used. */
public interface SmsSenderFactory extends ProviderFactory<SmsSender> {

    /** Whether it has all that it needs; SMS is offered only with such a sender. */
    boolean isConfigured();

    /**
     * Whether a call to our status address is the provider's own, by its signature.
     *
     * @param realm name of the realm at whose address it arrived
     */
    default boolean isGenuine(String realm, Map<String, String> form, String signature) {
        return false;
    }

    /** What a genuine call says about a message; empty if it is nothing that we keep. */
    default Optional<StatusReport> report(Map<String, String> form) {
        return Optional.empty();
    }
}
