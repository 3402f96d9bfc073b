package io.sallyport.event;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI {@code mfa-audit}: replace its provider to read the audit trail from elsewhere. */
public final class AuditSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "mfa-audit";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return AuditReader.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return AuditReaderFactory.class;
    }
}
