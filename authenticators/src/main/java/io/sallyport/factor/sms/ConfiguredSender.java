package io.sallyport.factor.sms;

import java.util.Comparator;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderFactory;

/** The sender that this server uses, if it has one. */
public final class ConfiguredSender {

    private ConfiguredSender() {}

    /** Its factory; empty if no sender is configured: then there is no SMS. */
    public static Optional<SmsSenderFactory> factory(KeycloakSession session) {
        return session.getKeycloakSessionFactory()
                .getProviderFactoriesStream(SmsSender.class)
                .map(SmsSenderFactory.class::cast)
                .filter(SmsSenderFactory::isConfigured)
                .max(Comparator.comparingInt(ProviderFactory::order));
    }

    /** The sender. */
    public static Optional<SmsSender> of(KeycloakSession session) {
        return factory(session).map(factory -> factory.create(session));
    }
}
