package io.sallyport.gate;

import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.federated.UserFederatedStorageProvider;
import org.keycloak.storage.jpa.JpaUserFederatedStorageProviderFactory;

/** Takes the place of Keycloak's {@code userFederatedStorage} {@code jpa}: same id, higher order (Keycloak 26.7). */
public final class GuardedFederatedUsersFactory extends JpaUserFederatedStorageProviderFactory {

    @Override
    public UserFederatedStorageProvider create(KeycloakSession session) {
        return new GuardedFederatedUsers(
                session, session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    @Override
    public int order() {
        return 100;
    }
}
