package io.sallyport.verify;

import io.sallyport.event.Correlation;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Runs what must be committed whatever becomes of the request.
 *
 * <p>It needs a connection of its own, and at most half of the pool may be in such use, so that a burst of attempts leaves
 * connections to everybody else. That is enough only for callers whose request holds none yet, or none any more: a request that
 * waited here with one in hand would keep it from others.
 */
public final class OwnTransaction {

    private static final int DEFAULT_POOL = 100;
    private static final long WAIT_SECONDS = 5;
    private static final Semaphore PERMITS = new Semaphore(Math.max(1, poolSize() / 2), true);

    /** Whether this thread has a permit. */
    private static final ThreadLocal<Boolean> READY = ThreadLocal.withInitial(() -> false);

    private OwnTransaction() {}

    /**
     * The result of the task, committed. The request may have waited long for a connection, and knows nothing any more.
     *
     * @throws MfaUnavailable if no connection may be used in time
     */
    public static <T> T call(KeycloakSession session, KeycloakSessionTaskWithResult<T> task) {
        try {
            return READY.get() ? twice(session, task) : ready(() -> twice(session, task));
        } finally {
            RequestMemory.of(session).forget();
        }
    }

    /**
     * The same for a request that is refused: its own transaction ends first, and nothing of it stays. So it waits here with
     * neither a connection nor a row in hand.
     */
    static <T> T instead(KeycloakSession session, KeycloakSessionTaskWithResult<T> task) {
        session.getTransactionManager().rollback();
        return call(session, task);
    }

    /**
     * Does this work with the permission for a connection in hand: what it commits apart need not wait for one, while
     * others may be waiting for what the work holds.
     *
     * @throws MfaUnavailable if no connection may be used in time
     */
    static <T> T ready(Supplier<T> work) {
        acquire();
        READY.set(true);
        try {
            return work.get();
        } finally {
            READY.remove();
            PERMITS.release();
        }
    }

    private static <T> T twice(KeycloakSession session, KeycloakSessionTaskWithResult<T> task) {
        try {
            return once(session, task);
        } catch (ModelDuplicateException lost) {
            return once(session, task); // two made the first row of a user at once: the other one's is there now
        }
    }

    private static <T> T once(KeycloakSession session, KeycloakSessionTaskWithResult<T> task) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> {
                    Correlation.share(session, own);
                    Ruling.carry(session, own);
                    Undecided.carry(session, own);
                    return task.run(own);
                },
                "MFA attempt");
    }

    private static void acquire() {
        try {
            if (!PERMITS.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new MfaUnavailable("no database connection within " + WAIT_SECONDS + " s");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new MfaUnavailable("the server is stopping");
        }
    }

    /** How many connections this node has. */
    public static int poolSize() {
        return ConfigProvider.getConfig()
                .getOptionalValue("kc.db-pool-max-size", Integer.class)
                .orElse(DEFAULT_POOL);
    }
}
