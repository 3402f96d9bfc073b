package io.sallyport.policy;

import org.keycloak.provider.ProviderFactory;

/** Makes policy providers; the one of the highest {@code order()} decides. */
public interface MfaPolicyProviderFactory extends ProviderFactory<MfaPolicyProvider> {}
