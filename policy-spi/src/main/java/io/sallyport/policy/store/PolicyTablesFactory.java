package io.sallyport.policy.store;

import io.sallyport.provider.JpaTables;
import io.sallyport.provider.SettingRow;
import io.sallyport.provider.StatelessFactory;
import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;

/** The tables of rules and settings. */
public final class PolicyTablesFactory implements JpaEntityProviderFactory, StatelessFactory<JpaEntityProvider> {

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new JpaTables(
                getId(),
                "META-INF/sallyport-policy-changelog.xml",
                List.of(RuleRow.class, RevisionRow.class, HistoryRow.class, SettingRow.class, ActionRow.class));
    }

    @Override
    public String getId() {
        return "mfa-policy-tables";
    }
}
