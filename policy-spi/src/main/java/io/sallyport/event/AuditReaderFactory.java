package io.sallyport.event;

import org.keycloak.provider.ProviderFactory;

/** Makes audit readers. */
public interface AuditReaderFactory extends ProviderFactory<AuditReader> {}
