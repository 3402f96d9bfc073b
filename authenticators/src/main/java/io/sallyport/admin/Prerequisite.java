package io.sallyport.admin;

import io.sallyport.verify.OwnTransaction;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * What must be done, and on the record, before a request of Keycloak's own is committed; else nothing of the request stays, and
 * it is answered 503.
 *
 * <p>Keycloak 26.7 logs what listeners of admin events throw, and answers a success. What is marked for rollback is rolled back
 * in silence, and what is thrown then is dropped: only what fails while the commit is prepared becomes the answer. A statement
 * that fails marks its transaction, so this one is a transaction of its own, and the last thing before the request's.
 */
final class Prerequisite extends AbstractKeycloakTransaction {

    private static final Logger LOG = Logger.getLogger(Prerequisite.class);

    private final KeycloakSession request;
    private final String what;
    private final Consumer<KeycloakSession> work;

    private Prerequisite(KeycloakSession request, String what, Consumer<KeycloakSession> work) {
        this.request = request;
        this.what = what;
        this.work = work;
    }

    /**
     * Has it done at the end of the request, unless that fails anyway.
     *
     * @param what is refused without it, for the log
     * @param work by the session that it is given
     */
    static void of(KeycloakSession request, String what, Consumer<KeycloakSession> work) {
        request.getTransactionManager().enlistPrepare(new Prerequisite(request, what, work));
    }

    @Override
    protected void commitImpl() {
        try {
            OwnTransaction.call(request, own -> {
                own.getContext().setUserSession(request.getContext().getUserSession()); // its id goes on the record
                work.accept(own);
                return true;
            });
        } catch (RuntimeException | Error failure) {
            // by its kind: a failed statement says its values
            LOG.errorf(
                    "%s is refused, for it can't be done: %s",
                    what, failure.getClass().getName());
            LOG.debug("refused", failure);
            throw new ServiceUnavailableException("mfa_unavailable");
        }
    }

    @Override
    protected void rollbackImpl() {
        // then it is not done either
    }
}
