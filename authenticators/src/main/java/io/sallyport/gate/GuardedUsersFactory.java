package io.sallyport.gate;

import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserProvider;
import org.keycloak.models.jpa.JpaUserProviderFactory;

/** Takes the place of Keycloak's {@code user} store {@code jpa}: same id, higher order (Keycloak 26.7). */
public final class GuardedUsersFactory extends JpaUserProviderFactory {

    @Override
    public UserProvider create(KeycloakSession session) {
        return new GuardedUsers(
                session, session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    @Override
    public int order() {
        return super.order() + 100;
    }
}
