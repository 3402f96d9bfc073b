package io.sallyport.admin;

import io.sallyport.provider.StatelessFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Listens in every realm, whatever listeners the realm names. */
public final class MirrorWatchFactory implements EventListenerProviderFactory, StatelessFactory<EventListenerProvider> {

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new MirrorWatch(session);
    }

    @Override
    public String getId() {
        return "sallyport-mirror";
    }

    @Override
    public boolean isGlobal() {
        return true;
    }
}
