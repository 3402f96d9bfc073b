package io.sallyport.provider;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.hibernate.Session;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Reads of one moment of the database, for as long as whoever is told needs: what is written or removed meanwhile is not
 * seen, and no transaction of a request, which the server aborts after five minutes, is needed for it.
 */
public final class Snapshot {

    /** PostgreSQL keeps whatever is removed as long as somebody may still see it: so there is an end to it. */
    static final Duration MOST = Duration.ofHours(6);

    private Snapshot() {}

    /**
     * Ends the session's transaction, and has a session of its own read the same realm. What the work reads, it reads by that
     * session.
     */
    public static void read(KeycloakSession session, RealmModel realm, BiConsumer<KeycloakSession, RealmModel> work) {
        String realmId = realm.getId();
        session.getTransactionManager().commit();
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        Optional<Integer> before = KeycloakModelUtils.getTransactionLimit();
        KeycloakModelUtils.setTransactionLimit(sessions, Math.toIntExact(MOST.toSeconds()));
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, own -> {
                begin(own);
                RealmModel same = own.realms().getRealm(realmId);
                own.getContext().setRealm(same);
                work.accept(own, same);
            });
        } finally {
            KeycloakModelUtils.setTransactionLimit(sessions, before.orElse(0));
        }
    }

    /** Before its first statement; the pool gives the connection its usual isolation back. */
    private static void begin(KeycloakSession session) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        em.unwrap(Session.class)
                .doWork(connection -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));
    }
}
