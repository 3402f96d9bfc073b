package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.Trail;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Puts challenges of pages on the record: in each minute the first ones one by one, and then once that there are more. Whoever
 * loads a page again and again is asked all the same, for nobody who has somebody's password may keep his pages from him.
 */
record AskedOften(KeycloakSession session, RealmModel realm, CallRate.By by) {

    private static final Logger LOG = Logger.getLogger(AskedOften.class);

    private static final String TOO_MANY = "too_many_challenges";

    /** Those of one user at one place. */
    static AskedOften at(KeycloakSession session, RealmModel realm, Place place, String userId) {
        return new AskedOften(session, realm, CallRate.By.at(place, userId));
    }

    /** A challenge that was made, in its own transaction. */
    void record(MfaEvent created) {
        CallRate rate = new CallRate(session);
        if (!rate.hasBegun(realm, by, CallRate.Kind.ASKED)) {
            session.getTransactionManager().enlistAfterCompletion(new Beginning());
            row(created);
            return;
        }
        Optional<CallRateRow> full = rate.counted(realm, by, CallRate.Kind.ASKED);
        if (full.isEmpty()) {
            row(created);
        } else if (full.get().refuses()) {
            row(created.with(Detail.REASON, TOO_MANY));
        }
    }

    private void row(MfaEvent created) {
        Trail.record(session, realm, Ruling.on(session, realm, created));
    }

    /** Counts the first one after its page: two first rows at once would spoil a page, but not a transaction of its own. */
    private final class Beginning extends AbstractKeycloakTransaction {

        @Override
        protected void commitImpl() {
            try {
                OwnTransaction.call(
                        session,
                        own -> new CallRate(own).counted(own.getContext().getRealm(), by, CallRate.Kind.ASKED));
            } catch (RuntimeException busy) {
                LOG.debug("the challenges of a user are counted from the next one on", busy);
            }
        }

        @Override
        protected void rollbackImpl() {
            // nothing was asked
        }
    }
}
