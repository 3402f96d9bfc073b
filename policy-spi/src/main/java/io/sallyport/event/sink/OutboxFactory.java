package io.sallyport.event.sink;

import org.keycloak.provider.ProviderFactory;

/** Makes the view of the outbox. */
public interface OutboxFactory extends ProviderFactory<Outbox> {}
