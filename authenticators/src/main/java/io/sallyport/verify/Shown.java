package io.sallyport.verify;

import io.sallyport.event.MfaEvent;
import io.sallyport.event.Trail;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.RealmModel;

/**
 * Puts what pages show and token requests are answered on the record: within the rate of its kind, and in the transaction of the
 * request, which is committed with its answer. Nobody is answered otherwise for having asked often: whoever has somebody's
 * password would keep his pages and his applications from him.
 */
public final class Shown {

    private static final Logger LOG = Logger.getLogger(Shown.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final CallRate.Kind kind;
    private final CallRate.By by;
    private final Ruling ruling;

    private Shown(KeycloakSession session, RealmModel realm, CallRate.Kind kind, CallRate.By by, Ruling ruling) {
        this.session = session;
        this.realm = realm;
        this.kind = kind;
        this.by = by;
        this.ruling = ruling;
    }

    /** A refusal, by what this request decided last about the user. */
    static Shown refused(KeycloakSession session, RealmModel realm, CallRate.By by, String userId) {
        return new Shown(session, realm, CallRate.Kind.REFUSED_TOKEN, by, Ruling.of(session, userId));
    }

    /** What a page asks of one user at one place. */
    static Shown asked(KeycloakSession session, RealmModel realm, Place place, String userId) {
        return new Shown(session, realm, CallRate.Kind.ASKED, CallRate.By.at(place, userId), place.ruling());
    }

    /** An enrollment that a page begins for one user at one place. */
    public static Shown begun(KeycloakSession session, RealmModel realm, Place place, String userId) {
        return new Shown(session, realm, CallRate.Kind.BEGUN, CallRate.By.at(place, userId), place.ruling());
    }

    /**
     * It happened. Call it last: until the request ends, others who are answered for the same user wait for it. A refusal is on
     * the record also if the request is rolled back after all.
     *
     * @throws io.sallyport.event.AuditUnavailable if there is no row; then the request is rolled back
     */
    public void record(MfaEvent event) {
        CallRate rate = new CallRate(session);
        boolean first = !rate.hasBegun(realm, by, kind);
        session.getTransactionManager().enlistAfterCompletion(new Ending(event, first));
        if (first) {
            Trail.recordHere(session, realm, ruled(session, event));
        } else {
            rate.record(realm, by, kind, () -> ruled(session, event));
        }
    }

    private MfaEvent ruled(KeycloakSession in, MfaEvent event) {
        return Ruling.on(in, in.getContext().getRealm(), ruling.begun(event));
    }

    /** What is left to do after the request, with no connection in hand. */
    private final class Ending extends AbstractKeycloakTransaction {

        private final MfaEvent event;
        private final boolean first;

        Ending(MfaEvent event, boolean first) {
            this.event = event;
            this.first = first;
        }

        /** The first one is counted only now: two first rows at once would spoil a request, but not this. */
        @Override
        protected void commitImpl() {
            if (first) {
                apart(own -> new CallRate(own).counted(own.getContext().getRealm(), by, kind));
            }
        }

        /** Nothing was asked or begun; but whoever was refused stays refused. */
        @Override
        protected void rollbackImpl() {
            if (kind == CallRate.Kind.REFUSED_TOKEN) {
                apart(own -> new CallRate(own).record(own.getContext().getRealm(), by, kind, () -> ruled(own, event)));
            }
        }

        private void apart(KeycloakSessionTaskWithResult<Optional<?>> task) {
            try {
                OwnTransaction.call(session, task);
            } catch (RuntimeException busy) {
                LOG.warnf(busy, "what happened to a user of realm %s is not counted or not recorded", realm.getName());
            }
        }
    }
}
