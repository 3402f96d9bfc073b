package io.sallyport.event.sink;

import org.keycloak.provider.ProviderFactory;

/** Makes sinks; the id, of at most 36 characters, stands in the outbox and never changes. */
public interface MfaEventSinkFactory extends ProviderFactory<MfaEventSink> {}
