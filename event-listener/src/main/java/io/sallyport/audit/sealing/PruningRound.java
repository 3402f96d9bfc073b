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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final FormerKeys former;
    /** What was told already. */
    private final Set<String> refused = new HashSet<>();

    PruningRound(KeycloakSessionFactory sessions, FormerKeys former) {
        this.sessions = sessions;
        this.former = former;
    }

    @Override
    public void run() {
        List<String> realms = new ArrayList<>();
        attempt("the realms", () -> realms.addAll(realms()));
        for (String realmId : realms) {
            attempt("realm " + realmId, () -> pruneOrRefuse(realmId));
        }
    }

    /** What fails is tried again in the next round; thrown on, it would end all rounds, of the sealer too. */
    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (Throwable failure) { // an error too
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

    private void pruneOrRefuse(String realmId) {
        try {
            pruneAll(realmId);
            refused.removeIf(told -> told.startsWith(realmId));
        } catch (RefusedCut cut) {
            LOG.errorf(
                    "Old rows of the audit trail of realm %s are kept, all of them, for they are not what is signed: %s",
                    realmId, cut.getMessage());
            if (refused.add(realmId + cut.getMessage())) {
                inRealm(realmId, (session, realm, connection, now) -> {
                    record(session, realm, cut);
                    return true;
                });
            }
        }
    }

    private void pruneAll(String realmId) {
        int rows;
        do {
            rows = pruneToCheckpoint(realmId);
        } while (rows > 0);
    }

    private int pruneToCheckpoint(String realmId) {
        Optional<Anchor> anchor = inRealm(
                realmId,
                (session, realm, connection, now) -> new Anchoring(connection, signing(session, realmId), realmId)
                        .from(now.minus(keeps(session, realm))));
        int removed = 0;
        int rows;
        do {
            rows = anchor.flatMap(known -> inRealm(
                            realmId,
                            (session, realm, connection, now) -> prune(session, realm, connection, now, known)))
                    .orElse(0);
            removed += rows;
            LockSupport.parkNanos(PAUSE.toNanos()); // the sealer of some node has its turn
        } while (rows > 0);
        return removed;
    }

    private int prune(KeycloakSession session, RealmModel realm, Connection connection, Instant now, Anchor anchor)
            throws SQLException {
        Pruning.Batch done = new Pruning(connection, signing(session, realm.getId()))
                .prune(realm.getId(), now.minus(keeps(session, realm)), now, anchor);
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

    private static void record(KeycloakSession session, RealmModel realm, RefusedCut cut) {
        Trail.recordHere(
                session,
                realm,
                MfaEvent.of(MfaEventType.AUDIT_PRUNED, Outcome.FAILURE)
                        .with(Detail.REASON, cut.reason())
                        .with(Detail.BEFORE, String.valueOf(cut.row())));
    }

    private RealmSigning signing(KeycloakSession session, String realmId) {
        return new RealmSigning(session, realmId, former);
    }

    /** In a transaction of its own; empty if the realm is gone, or keeps its rows for ever by now. */
    private <T> Optional<T> inRealm(String realmId, Work<T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm == null || keeps(session, realm).isZero()) {
                return Optional.empty();
            }
            session.getContext().setRealm(realm);
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            Instant now = DatabaseClock.now(em);
            return Optional.of(
                    em.unwrap(Session.class).doReturningWork(connection -> work.in(session, realm, connection, now)));
        });
    }

    private static Duration keeps(KeycloakSession session, RealmModel realm) {
        return RealmSettings.of(session, realm).get(AuditSetting.RETENTION_DAYS);
    }

    private interface Work<T> {

        T in(KeycloakSession session, RealmModel realm, Connection connection, Instant now) throws SQLException;
    }
}
