package io.sallyport.audit.store;

import io.sallyport.event.AuditReader;
import io.sallyport.event.AuditReaderFactory;
import io.sallyport.provider.StatelessFactory;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Reads the audit trail where the listener writes it. */
public final class StoredAuditReaderFactory implements AuditReaderFactory, StatelessFactory<AuditReader> {

    @Override
    public AuditReader create(KeycloakSession session) {
        return new StoredAuditReader(
                session, session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    @Override
    public String getId() {
        return "sallyport-audit";
    }
}
