package io.sallyport.population.coverage;

import io.sallyport.provider.JpaTables;
import io.sallyport.provider.StatelessFactory;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/** The table of coverage day by day, and who fills it from the start of the server to its end. */
public final class CoverageTablesFactory implements JpaEntityProviderFactory, StatelessFactory<JpaEntityProvider> {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Timer rounds = new Timer("sallyport-coverage", true);

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new JpaTables(getId(), "META-INF/sallyport-coverage-changelog.xml", List.of(CoverageDayRow.class));
    }

    @Override
    public void postInit(KeycloakSessionFactory sessions) {
        sessions.register(event -> {
            forget(event);
            if (event instanceof PostMigrationEvent) {
                rounds.schedule(new DailyCount(sessions), FIRST.toMillis(), EVERY.toMillis());
            }
        });
    }

    @Override
    public void close() {
        rounds.cancel();
    }

    private static void forget(ProviderEvent event) {
        if (event instanceof RealmModel.RealmRemovedEvent removed) {
            removed.getKeycloakSession()
                    .getProvider(JpaConnectionProvider.class)
                    .getEntityManager()
                    .createQuery("delete from MfaCoverageDay d where d.realmId = :realm")
                    .setParameter("realm", removed.getRealm().getId())
                    .executeUpdate();
        }
    }

    @Override
    public String getId() {
        return "mfa-coverage-tables";
    }
}
