package io.sallyport.factor.sms;

import io.sallyport.verify.VerifyTablesFactory;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
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

/** A fresh H2 database with the tables of SMS, made by the changelog and checked against the entities. */
final class SmsTables implements AutoCloseable {

    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    static {
        HIBERNATE.setLevel(Level.SEVERE);
        LIQUIBASE.setLevel(Level.WARNING);
    }

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
    private final EntityManagerFactory factory;

    SmsTables() throws Exception {
        applyChangelog();
        factory = new HibernatePersistenceConfiguration("sms")
                .managedClasses(SendRow.class, BudgetRow.class)
                .jdbcUrl(url)
                .property("hibernate.hbm2ddl.auto", "validate")
                .property("hibernate.connection.pool_size", "20")
                .createEntityManagerFactory();
    }

    <T> T call(Function<EntityManager, T> work) {
        return factory.callInTransaction(work);
    }

    void run(Consumer<EntityManager> work) {
        factory.runInTransaction(work);
    }

    /** Makes everything as much older. */
    void letPass(Duration time) {
        run(em -> em.createQuery("update MfaSmsSend s set s.createdAt = s.createdAt - :time")
                .setParameter("time", time.toMillis())
                .executeUpdate());
        run(em -> em.createQuery("update MfaSmsBudget b set b.alarmedAt = b.alarmedAt - :time")
                .setParameter("time", time.toMillis())
                .executeUpdate());
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
