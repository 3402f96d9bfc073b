package io.sallyport.admin;

import io.sallyport.provider.StatelessFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Listens in every realm, whatever listeners the realm names. */
public final class UnlockWatchFactory implements EventListenerProviderFactory, StatelessFactory<EventListenerProvider> {

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new UnlockWatch(session);
    }

    @Override
    public String getId() {
        return "sallyport-unlock";
    }

    @Override
    public boolean isGlobal() {
        return true;
    }
}
