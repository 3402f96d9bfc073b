package io.sallyport.audit.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
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

/** A fresh H2 database, made by the changelog and checked against the entity, as Keycloak does at its start. */
public final class AuditTable implements AutoCloseable {

    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    static {
        HIBERNATE.setLevel(Level.SEVERE);
        LIQUIBASE.setLevel(Level.WARNING);
    }

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final EntityManagerFactory factory;

    public AuditTable() throws Exception {
        applyChangelog();
        factory = new HibernatePersistenceConfiguration("audit")
                .managedClass(AuditRow.class)
                .managedClass(OutboxRow.class)
                .jdbcUrl(url)
                .property("hibernate.hbm2ddl.auto", "validate")
                .createEntityManagerFactory();
    }

    public Connection connect() throws Exception {
        return DriverManager.getConnection(url);
    }

    void write(Consumer<EntityManager> work) {
        factory.runInTransaction(work);
    }

    <T> T read(Function<EntityManager, T> work) {
        return factory.callInTransaction(work);
    }

    /** One change of the changelog, made again to the rows that there are. */
    void changeAgain(String id) throws Exception {
        try (Connection connection = connect();
                PreparedStatement forget = connection.prepareStatement("DELETE FROM DATABASECHANGELOG WHERE ID = ?")) {
            forget.setString(1, id);
            if (forget.executeUpdate() != 1) {
                throw new IllegalStateException("no change " + id);
            }
        }
        applyChangelog();
    }

    @Override
    public void close() {
        factory.close();
    }

    private void applyChangelog() throws Exception {
        try (Connection connection = connect()) {
            H2Database database = new H2Database();
            database.setConnection(new JdbcConnection(connection));
            Liquibase changelog = new Liquibase(
                    new AuditTablesFactory().create(null).getChangelogLocation(),
                    new ClassLoaderResourceAccessor(),
                    database);
            changelog.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
            Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()), () -> changelog.update(""));
        }
    }
}
