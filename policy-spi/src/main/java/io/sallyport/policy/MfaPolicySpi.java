package io.sallyport.policy;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI {@code mfa-policy}: replace it to decide by other means than our rules. */
public final class MfaPolicySpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "mfa-policy";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return MfaPolicyProvider.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return MfaPolicyProviderFactory.class;
    }
}
