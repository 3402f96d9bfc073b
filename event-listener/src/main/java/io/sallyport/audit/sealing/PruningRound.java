package io.sallyport.audit.sealing;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.provider.AuditSetting;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.RealmSettings;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimerTask;
import java.util.concurrent.locks.LockSupport;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Removes what a realm does not keep any longer, batch by batch, each of them on the record in its own transaction. */
final class PruningRound extends TimerTask {

    private static final Logger LOG = Logger.getLogger(PruningRound.class);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final KeycloakSessionFactory sessions;

    PruningRound(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public void run() {
        List<String> realms = new ArrayList<>();
        attempt("the realms", () -> realms.addAll(realms()));
        for (String realmId : realms) {
            attempt("realm " + realmId, () -> pruneAll(realmId));
        }
    }

    /** What fails is tried again in the next round; thrown on, it would end all rounds, of the sealer too. */
    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Old rows of the audit trail of %s are not removed", what);
        }
    }

    private List<String> realms() {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions,
                session -> session.realms()
                        .getRealmsStream()
                        .filter(realm -> !keeps(session, realm).isZero())
                        .map(RealmModel::getId)
                        .toList());
    }

    private void pruneAll(String realmId) {
        int rows;
        do {
            rows = KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> prune(session, realmId));
            LockSupport.parkNanos(PAUSE.toNanos()); // the sealer of some node has its turn
        } while (rows == Pruning.BATCH);
    }

    private static int prune(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        Duration keeps = realm == null ? Duration.ZERO : keeps(session, realm);
        if (realm == null || keeps.isZero()) {
            return 0;
        }
        session.getContext().setRealm(realm);
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Instant now = DatabaseClock.now(em);
        Pruning.Batch done = em.unwrap(Session.class)
                .doReturningWork(connection -> new Pruning(connection, new RealmSigning(session, realmId))
                        .prune(realmId, now.minus(keeps), now));
        if (done.rows() > 0) {
            Trail.recordHere(
                    session,
                    realm,
                    MfaEvent.of(MfaEventType.AUDIT_PRUNED, Outcome.SUCCESS)
                            .with(Detail.ROWS, String.valueOf(done.rows()))
                            .with(Detail.BEFORE, String.valueOf(done.from()))
                            .with(Detail.AFTER, String.valueOf(done.to())));
        }
        return done.rows();
    }

    private static Duration keeps(KeycloakSession session, RealmModel realm) {
        return RealmSettings.of(session, realm).get(AuditSetting.RETENTION_DAYS);
    }
}
