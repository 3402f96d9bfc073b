package io.sallyport.population.report;

import io.sallyport.provider.JpaTables;
import io.sallyport.provider.StatelessFactory;
import java.util.List;
import java.util.Timer;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;

/** The table of what rules that only report would have done, and who fills it from the start of the server to its end. */
public final class ReportTablesFactory implements JpaEntityProviderFactory, StatelessFactory<JpaEntityProvider> {

    private static final long EVERY = 5_000;

    private final Timer rounds = new Timer("sallyport-report", true);

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new JpaTables(getId(), "META-INF/sallyport-report-changelog.xml", List.of(RuleReportRow.class));
    }

    @Override
    public void postInit(KeycloakSessionFactory sessions) {
        sessions.register(event -> {
            if (event instanceof PostMigrationEvent) {
                rounds.schedule(new WritingDown(sessions), EVERY, EVERY);
            } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
                removed.getKeycloakSession()
                        .getProvider(JpaConnectionProvider.class)
                        .getEntityManager()
                        .createQuery("delete from MfaRuleReport r where r.realmId = :realm")
                        .setParameter("realm", removed.getRealm().getId())
                        .executeUpdate();
            }
        });
    }

    @Override
    public void close() {
        rounds.cancel();
    }

    @Override
    public String getId() {
        return "mfa-report-tables";
    }
}
