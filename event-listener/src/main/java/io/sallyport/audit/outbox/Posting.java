package io.sallyport.audit.outbox;

import io.sallyport.audit.store.AuditRecord;
import io.sallyport.audit.store.OutboxRow;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.MfaEventSink;
import jakarta.persistence.EntityManager;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Puts an event into the outbox, in the event's transaction: one row for each sink that wants it, none where nobody does. */
public final class Posting {

    private static final Logger LOG = Logger.getLogger(Posting.class);

    /** Somebody should know within the second. */
    private static final Set<MfaEventType> ALERTS = EnumSet.of(
            MfaEventType.LOCKED,
            MfaEventType.POLICY_CREATED,
            MfaEventType.POLICY_UPDATED,
            MfaEventType.POLICY_DELETED,
            MfaEventType.SETTINGS_CHANGED);

    private final KeycloakSession session;
    private final Courier courier;

    public Posting(KeycloakSession session, Courier courier) {
        this.session = session;
        this.courier = courier;
    }

    /** Writes what is to be told of it, and counts it once it is committed. */
    public void post(AuditRecord event, EntityManager em) {
        List<String> sinks = sinks(event);
        sinks.forEach(sink -> em.persist(new OutboxRow(event, sink)));
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                Counters.event(event.type(), event.outcome());
                if (!sinks.isEmpty() && ALERTS.contains(event.type())) {
                    courier.wake();
                }
            }

            @Override
            protected void rollbackImpl() {
                // what did not happen is not told
            }
        });
    }

    private List<String> sinks(AuditRecord event) {
        RealmModel realm = session.realms().getRealm(event.realmId());
        return realm == null
                ? List.of()
                : session.getKeycloakSessionFactory()
                        .getProviderFactoriesStream(MfaEventSink.class)
                        .map(factory -> factory.getId())
                        .filter(sink -> isWanted(sink, realm, event))
                        .toList();
    }

    /** A sink that breaks is no reason to refuse somebody, nor to lose an event. */
    private boolean isWanted(String sink, RealmModel realm, AuditRecord event) {
        try {
            return session.getProvider(MfaEventSink.class, sink).wants(realm, event.type(), event.details());
        } catch (RuntimeException broken) {
            LOG.errorf(broken, "The sink %s does not say whether it wants event %s", sink, event.eventId());
            return true;
        }
    }
}
