package io.sallyport.verify;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.database.core.H2Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** A fresh H2 database with our tables, made by the changelog, and requests that ask it. */
public final class VerifyTables implements AutoCloseable {

    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    static {
        HIBERNATE.setLevel(Level.SEVERE);
        LIQUIBASE.setLevel(Level.WARNING);
    }

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
    private final EntityManagerFactory factory;

    private VerifyTables(String schema, Class<?>... entities) throws Exception {
        applyChangelog();
        factory = new HibernatePersistenceConfiguration("verify")
                .managedClasses(entities)
                .jdbcUrl(url)
                .property("hibernate.hbm2ddl.auto", schema)
                .property("hibernate.connection.pool_size", "20")
                .createEntityManagerFactory();
    }

    /** The entities are checked against the changelog. */
    public static VerifyTables of(Class<?>... entities) throws Exception {
        return new VerifyTables("validate", entities);
    }

    /** Tables that other changelogs make are made from the entities. */
    static VerifyTables and(Class<?>... entities) throws Exception {
        return new VerifyTables("update", entities);
    }

    /** In a transaction of its own. */
    public <T> T call(Function<EntityManager, T> work) {
        return factory.callInTransaction(work);
    }

    /** In a transaction of its own. */
    public void run(Consumer<EntityManager> work) {
        factory.runInTransaction(work);
    }

    /** A request in a transaction of its own, which remembers what it is told and nothing else. */
    void request(Consumer<KeycloakSession> work) {
        run(em -> work.accept(session(em)));
    }

    static KeycloakSession session(EntityManager em) {
        JpaConnectionProvider jpa = mock(JpaConnectionProvider.class);
        when(jpa.getEntityManager()).thenReturn(em);
        KeycloakSession session = mock(KeycloakSession.class);
        when(session.getProvider(JpaConnectionProvider.class)).thenReturn(jpa);
        Map<String, Object> attributes = new HashMap<>();
        when(session.getAttribute(anyString())).thenAnswer(asked -> attributes.get(asked.<String>getArgument(0)));
        when(session.getAttribute(anyString(), any()))
                .thenAnswer(asked -> attributes.get(asked.<String>getArgument(0)));
        doAnswer(told -> attributes.put(told.getArgument(0), told.getArgument(1)))
                .when(session)
                .setAttribute(anyString(), any());
        when(session.removeAttribute(anyString())).thenAnswer(told -> attributes.remove(told.<String>getArgument(0)));
        return session;
    }

    @Override
    public void close() {
        factory.close();
    }

    private void applyChangelog() throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            H2Database database = new H2Database();
            database.setConnection(new JdbcConnection(connection));
            Liquibase changelog = new Liquibase(
                    new VerifyTablesFactory().create(null).getChangelogLocation(),
                    new ClassLoaderResourceAccessor(),
                    database);
            changelog.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
            Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()), () -> changelog.update(""));
        }
    }
}
