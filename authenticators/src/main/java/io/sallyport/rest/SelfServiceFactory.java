package io.sallyport.rest;

import io.sallyport.provider.StatelessFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves {@code /realms/{realm}/v1}. */
public final class SelfServiceFactory implements RealmResourceProviderFactory, StatelessFactory<RealmResourceProvider> {

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new SelfService(session);
    }

    @Override
    public String getId() {
        return "v1";
    }

    private record SelfService(KeycloakSession session) implements RealmResourceProvider {

        @Override
        public Object getResource() {
            return new SelfServiceResource(session);
        }

        @Override
        public void close() {}
    }
}
