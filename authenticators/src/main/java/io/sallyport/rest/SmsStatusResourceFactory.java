package io.sallyport.rest;

import io.sallyport.provider.StatelessFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves {@code /realms/{realm}/mfa-sms-status}. */
public final class SmsStatusResourceFactory
        implements RealmResourceProviderFactory, StatelessFactory<RealmResourceProvider> {

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new SmsStatus(session);
    }

    @Override
    public String getId() {
        return "mfa-sms-status";
    }

    private record SmsStatus(KeycloakSession session) implements RealmResourceProvider {

        @Override
        public Object getResource() {
            return new SmsStatusResource(session);
        }

        @Override
        public void close() {}
    }
}
