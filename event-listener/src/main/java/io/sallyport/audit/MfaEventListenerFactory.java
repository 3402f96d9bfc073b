package io.sallyport.audit;

import io.sallyport.audit.outbox.CheckpointPosting;
import io.sallyport.audit.outbox.Courier;
import io.sallyport.audit.outbox.Posting;
import io.sallyport.audit.reminder.Reminders;
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
    private @Nullable Courier courier;
    private @Nullable Reminders reminders;

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        if (courier == null) {
            throw new IllegalStateException("the listener was not initialized");
        }
        return new MfaEventListener(session, new Posting(session, courier)::post);
    }

    @Override
    public void init(Config.Scope config) {
        sealer = new Sealer(config);
        courier = new Courier(config);
        reminders = new Reminders(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        if (sealer != null) {
            sealer.beginWith(factory, CheckpointPosting::post);
        }
        if (courier != null) {
            courier.beginWith(factory);
        }
        if (reminders != null) {
            reminders.beginWith(factory);
        }
    }

    @Override
    public void close() {
        if (sealer != null) {
            sealer.close();
        }
        if (courier != null) {
            courier.close();
        }
        if (reminders != null) {
            reminders.close();
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
