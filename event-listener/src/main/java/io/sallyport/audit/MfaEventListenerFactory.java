package io.sallyport.audit;

import io.sallyport.provider.StatelessFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Listens in every realm: no administrator can take the audit trail off a realm's list of listeners. */
public final class MfaEventListenerFactory
        implements EventListenerProviderFactory, StatelessFactory<EventListenerProvider> {

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new MfaEventListener(session);
    }

    @Override
    public String getId() {
        return "sallyport-audit";
    }

    @Override
    public boolean isGlobal() {
        return true;
    }
}
