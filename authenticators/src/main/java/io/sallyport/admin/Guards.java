package io.sallyport.admin;

import io.sallyport.gate.GuardedFederatedUsersFactory;
import io.sallyport.gate.GuardedUsersFactory;
import io.sallyport.gate.MfaClaimsMapper;
import io.sallyport.gate.MfaGateFactory;
import io.sallyport.gate.SamlGuard;
import io.sallyport.gate.TokenGuardFactory;
import io.sallyport.login.SealedOtpCredentialProviderFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserProvider;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.saml.preprocessor.SamlAuthenticationPreprocessor;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/** The places in Keycloak (26.7) where this pack stands, and whether options of the server put something else there. */
record Guards(KeycloakSession session) {

    private static final String HOUSE = "io.sallyport.";

    /** Places of the guard that are not ours, as {@code spi/provider}; empty if all are. */
    List<String> lost() {
        return Stream.of(
                        place(RequiredActionProvider.class, MfaGateFactory.ID, MfaGateFactory.class),
                        place(TokenPostProcessor.class, "mfa-guard", TokenGuardFactory.class),
                        place(ProtocolMapper.class, MfaClaimsMapper.ID, MfaClaimsMapper.class),
                        place(SamlAuthenticationPreprocessor.class, "mfa-saml-guard", SamlGuard.class),
                        place(UserProvider.class, "jpa", GuardedUsersFactory.class),
                        place(UserFederatedStorageProvider.class, "jpa", GuardedFederatedUsersFactory.class),
                        place(CredentialProvider.class, "keycloak-otp", SealedOtpCredentialProviderFactory.class))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether the listener that writes the trail is there; its class lives where this module does not look. */
    boolean listens() {
        return Optional.<Object>ofNullable(factory(EventListenerProvider.class, "sallyport-audit"))
                .filter(factory -> factory.getClass().getName().startsWith(HOUSE))
                .isPresent();
    }

    private Optional<String> place(Class<? extends Provider> type, String id, Class<?> ours) {
        String spi = session.getKeycloakSessionFactory().getSpi(type).getName();
        return ours.isInstance(factory(type, id)) ? Optional.empty() : Optional.of(spi + "/" + id);
    }

    private <T extends Provider> ProviderFactory<T> factory(Class<T> type, String id) {
        return session.getKeycloakSessionFactory().getProviderFactory(type, id);
    }
}
