package io.sallyport.event.sink;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI {@code mfa-event-sink}: every provider of it gets the events that it wants. */
public final class MfaEventSinkSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "mfa-event-sink";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return MfaEventSink.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return MfaEventSinkFactory.class;
    }
}
