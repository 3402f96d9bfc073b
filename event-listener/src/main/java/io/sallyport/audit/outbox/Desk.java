package io.sallyport.audit.outbox;

import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.KeycloakClock;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Function;
import org.hibernate.Session;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Where the ledger is opened: each time in a transaction of its own, which ends before anything is sent. */
record Desk(KeycloakSessionFactory sessions) {

    /** Something to be done with the ledger. */
    interface Work<T> {
        T with(KeycloakSession session, Ledger ledger, Connection connection) throws SQLException;
    }

    /** By the clock of the database, which all nodes go by. */
    <T> T open(Work<T> work) {
        return open(DatabaseClock::now, work);
    }

    /** By the clock of this node, which is good enough to see whether it is worth to look closer. */
    <T> T glance(Work<T> work) {
        return open(em -> KeycloakClock.now(), work);
    }

    private <T> T open(Function<EntityManager, Instant> clock, Work<T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            Instant now = clock.apply(em);
            return em.unwrap(Session.class)
                    .doReturningWork(connection -> work.with(session, new Ledger(connection, now), connection));
        });
    }
}
