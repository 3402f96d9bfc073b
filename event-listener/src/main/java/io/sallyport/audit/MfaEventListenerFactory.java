package io.sallyport.audit;

import io.sallyport.audit.sealing.Sealer;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Listens in every realm: no administrator can take the audit trail off a realm's list of listeners. */
public final class MfaEventListenerFactory implements EventListenerProviderFactory {

    private @Nullable Sealer sealer;

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new MfaEventListener(session);
    }

    @Override
    public void init(Config.Scope config) {
        sealer = new Sealer(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        if (sealer != null) {
            sealer.beginWith(factory);
        }
    }

    @Override
    public void close() {
        if (sealer != null) {
            sealer.close();
        }
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
