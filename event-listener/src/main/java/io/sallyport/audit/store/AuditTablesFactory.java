package io.sallyport.audit.store;

import io.sallyport.audit.reminder.ReminderRow;
import io.sallyport.provider.JpaTables;
import io.sallyport.provider.StatelessFactory;
import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;

/** The tables of the audit trail, of the outbox and of reminders. */
public final class AuditTablesFactory implements JpaEntityProviderFactory, StatelessFactory<JpaEntityProvider> {

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new JpaTables(
                getId(),
                "META-INF/sallyport-audit-changelog.xml",
                List.of(AuditRow.class, OutboxRow.class, ReminderRow.class));
    }

    @Override
    public String getId() {
        return "mfa-audit-tables";
    }
}
