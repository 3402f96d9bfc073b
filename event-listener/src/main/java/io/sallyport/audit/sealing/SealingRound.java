package io.sallyport.audit.sealing;

import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.KeycloakClock;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TimerTask;
import java.util.function.BooleanSupplier;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Seals whatever is there, in all realms, batch by batch in turn; every node may, the database lets one at a time. */
final class SealingRound extends TimerTask {

    private static final Logger LOG = Logger.getLogger(SealingRound.class);

    /** To see who has rows now costs more, the more rows wait. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final KeycloakSessionFactory sessions;
    private final Outlet outlet;
    private final FormerKeys former;
    private final Herald herald;
    private final Duration interval;
    private final SecureRandom random = new SecureRandom();
    private final Set<String> failing = new HashSet<>();

    SealingRound(KeycloakSessionFactory sessions, Outlet outlet, FormerKeys former, Herald herald, Duration interval) {
        this.sessions = sessions;
        this.outlet = outlet;
        this.former = former;
        this.herald = herald;
        this.interval = interval;
    }

    @Override
    public void run() {
        boolean more = true;
        while (more) {
            more = round();
        }
    }

    /** Whether there was more to do than for one round. */
    private boolean round() {
        List<String> realms = new ArrayList<>();
        attempt("the trail", () -> realms.addAll(due()));
        return Turns.take(realms, LOOK_AGAIN, realmId -> attempt("the trail of realm " + realmId, () -> seal(realmId)));
    }

    /** What fails is tried again in the next round; thrown on, it would end all rounds and keep other realms waiting. */
    private boolean attempt(String what, BooleanSupplier work) {
        try {
            boolean more = work.getAsBoolean();
            failing.remove(what);
            return more;
        } catch (Throwable failure) { // an error too
            if (failing.add(what)) {
                LOG.errorf(failure, "Rows of %s are not sealed, and that is tried again without further words", what);
            }
            return false;
        }
    }

    /** By the clock of this node, which is good enough to see whether it is worth to look closer. */
    private List<String> due() {
        Instant now = KeycloakClock.now();
        return transaction(
                (connection, session, em) -> new Trees(connection).due(now.minus(interval), now.plus(Sealing.CLOCKS)));
    }

    /** One batch of a realm's; whether there may be another one. */
    private boolean seal(String realmId) {
        Sealing.Batch done = transaction((connection, session, em) -> seal(connection, session, em, realmId));
        done.letOut().ifPresent(checkpoint -> outlet.letOut(realmId, checkpoint.jws())); // only now it is committed
        return done.rows() == Sealing.BATCH;
    }

    private Sealing.Batch seal(Connection connection, KeycloakSession session, EntityManager em, String realmId)
            throws SQLException {
        Sealing.Batch done = new Sealing(connection, new RealmSigning(session, realmId, former), interval, random)
                .seal(realmId, DatabaseClock.now(em));
        done.letOut().ifPresent(checkpoint -> herald.tell(session, realmId, checkpoint.leaves()));
        return done;
    }

    private <T> T transaction(Work<T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            return em.unwrap(Session.class).doReturningWork(connection -> work.of(connection, session, em));
        });
    }

    private interface Work<T> {

        T of(Connection connection, KeycloakSession session, EntityManager em) throws SQLException;
    }
}
