package io.sallyport.rest;

import io.sallyport.json.Problem;
import io.sallyport.verify.Idempotency;
import io.sallyport.verify.OwnTransaction;
import io.sallyport.verify.RepeatableCall;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * A call that this request makes: word of it is kept in the transaction of its effect. What can't be kept there waits for the
 * end of the request, which may hold what others wait for, and would wait for them with a second connection.
 */
final class Making extends AbstractKeycloakTransaction implements Effect.Memory {

    private static final Logger LOG = Logger.getLogger(Making.class);

    private final KeycloakSession session;
    private final RepeatableCall call;
    private final String holder;
    private Optional<Problem> refusal = Optional.empty();
    private boolean forgotten;

    private Making(KeycloakSession session, RepeatableCall call, String holder) {
        this.session = session;
        this.call = call;
        this.holder = holder;
    }

    /** Begins, and ends with the request. */
    static Making of(KeycloakSession session, RepeatableCall call, String holder) {
        Making making = new Making(session, call, holder);
        session.getTransactionManager().enlistAfterCompletion(making);
        return making;
    }

    @Override
    public void keep(KeycloakSession in, String outcome) {
        if (!new Idempotency(in).done(call, holder, outcome)) {
            // it took so long that it was given up, and somebody else makes it now
            throw Problem.MFA_UNAVAILABLE.exception(session, List.of());
        }
    }

    @Override
    public void forget() {
        forgotten = true;
    }

    /** The call was refused, which had an effect. */
    void refused(Problem problem) {
        refusal = Optional.of(problem);
        if (!session.getTransactionManager().getRollbackOnly()) {
            new Idempotency(session).refused(call, holder, problem.name());
        }
    }

    /** The call was refused without any effect, and may be made anew. */
    void broken() {
        session.getTransactionManager().setRollbackOnly();
    }

    @Override
    protected void commitImpl() {
        // what is known was committed with it
    }

    /** Of what the request itself did nothing stays. */
    @Override
    protected void rollbackImpl() {
        try {
            OwnTransaction.call(session, own -> {
                end(new Idempotency(own));
                return true;
            });
        } catch (RuntimeException busy) {
            LOG.warn("a call counts as under way until it is given up", busy);
        }
    }

    private void end(Idempotency calls) {
        if (forgotten) {
            calls.forget(call, holder);
        } else if (refusal.isPresent()) {
            calls.refused(call, holder, refusal.get().name());
        } else {
            calls.release(call, holder);
        }
    }
}
