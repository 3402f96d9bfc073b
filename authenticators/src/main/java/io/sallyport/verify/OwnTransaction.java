package io.sallyport.verify;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Runs what must be committed whatever becomes of the request.
 *
 * <p>The request may hold a connection already, so this needs a second one: at most half of the pool may be in such use,
 * else parallel requests that each wait for a second connection would starve each other.
 */
final class OwnTransaction {

    private static final int DEFAULT_POOL = 100;
    private static final long WAIT_SECONDS = 5;
    private static final Semaphore PERMITS = new Semaphore(Math.max(1, poolSize() / 2), true);

    private OwnTransaction() {}

    /**
     * The result of the task, committed.
     *
     * @throws MfaUnavailable if no connection may be used in time
     */
    static <T> T call(KeycloakSession session, KeycloakSessionTaskWithResult<T> task) {
        acquire();
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(), session.getContext(), task, "MFA attempt");
        } finally {
            PERMITS.release();
        }
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

    private static int poolSize() {
        return ConfigProvider.getConfig()
                .getOptionalValue("kc.db-pool-max-size", Integer.class)
                .orElse(DEFAULT_POOL);
    }
}
