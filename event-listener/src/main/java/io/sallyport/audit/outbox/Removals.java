package io.sallyport.audit.outbox;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;

/** When something is removed from the outbox that has not arrived: with its realm, and dead letters in time. */
final class Removals implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Removals.class);

    private final Expiry expiry;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Threads.named("sallyport-outbox-removal"));

    private volatile @Nullable Future<?> rounds;

    Removals(Expiry expiry) {
        this.expiry = expiry;
    }

    void beginWith(KeycloakSessionFactory factory) {
        Desk desk = new Desk(factory);
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                rounds = thread.scheduleWithFixedDelay(
                        attempt("Dead letters are not removed", () -> expiry.round(desk)),
                        expiry.every().toSeconds(),
                        expiry.every().toSeconds(),
                        TimeUnit.SECONDS);
            } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
                afterwards(
                        removed.getKeycloakSession(), desk, removed.getRealm().getId());
            }
        });
    }

    /**
     * Not within the removal of the realm: that holds much, and would wait for whoever delivers to this realm, who may wait for
     * it. What a node leaves that ends in between is found by {@link LaneRound} and {@link Expiry}.
     */
    private void afterwards(KeycloakSession session, Desk desk, String realmId) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                try {
                    thread.execute(attempt("A realm that is gone is not forgotten", () -> forget(desk, realmId)));
                } catch (RejectedExecutionException ending) {
                    LOG.debug("The server stops; another node, or this one when it is back, does it", ending);
                }
            }

            @Override
            protected void rollbackImpl() {
                // it is still there
            }
        });
    }

    private static void forget(Desk desk, String realmId) {
        desk.glance((session, ledger, connection) -> {
            new Removal(connection).forget(realmId);
            return true;
        });
    }

    private static Runnable attempt(String what, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (Throwable failure) { // thrown on, an error would end all rounds
                LOG.errorf(failure, "%s; that is tried again", what);
            }
        };
    }

    @Override
    public void close() {
        Future<?> begun = rounds;
        if (begun != null) {
            begun.cancel(true);
        }
        thread.shutdown();
    }
}
