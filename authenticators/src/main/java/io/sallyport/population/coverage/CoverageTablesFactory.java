package io.sallyport.population.coverage;

import io.sallyport.provider.JpaTables;
import io.sallyport.provider.StatelessFactory;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import org.keycloak.Config;
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

    private static final int TEN_MINUTES = 600;

    private final Timer rounds = new Timer("sallyport-coverage", true);
    private Duration every = Duration.ofSeconds(TEN_MINUTES);

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new JpaTables(getId(), "META-INF/sallyport-coverage-changelog.xml", List.of(CoverageDayRow.class));
    }

    /** With the option {@code count-interval}, in seconds: how often a node looks whether a realm is yet to be counted. */
    @Override
    public void init(Config.Scope config) {
        int seconds = config.getInt("count-interval", TEN_MINUTES);
        if (seconds < 1 || seconds > 86_400) {
            throw new IllegalArgumentException("count-interval = " + seconds + ", want 1 to 86400");
        }
        every = Duration.ofSeconds(seconds);
    }

    @Override
    public void postInit(KeycloakSessionFactory sessions) {
        sessions.register(event -> {
            forget(event);
            if (event instanceof PostMigrationEvent) {
                rounds.schedule(new DailyCount(sessions), every.toMillis(), every.toMillis());
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
