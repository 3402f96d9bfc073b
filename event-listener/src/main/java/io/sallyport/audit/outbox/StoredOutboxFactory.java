package io.sallyport.audit.outbox;

import io.sallyport.event.sink.Outbox;
import io.sallyport.event.sink.OutboxFactory;
import io.sallyport.provider.StatelessFactory;
import org.keycloak.models.KeycloakSession;

/** Shows the outbox where the listener fills it. */
public final class StoredOutboxFactory implements OutboxFactory, StatelessFactory<Outbox> {

    @Override
    public Outbox create(KeycloakSession session) {
        return StoredOutbox.of(session);
    }

    @Override
    public String getId() {
        return "sallyport-outbox";
    }
}
