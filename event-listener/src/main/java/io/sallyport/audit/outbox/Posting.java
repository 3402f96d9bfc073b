package io.sallyport.audit.outbox;

import io.sallyport.audit.store.AuditRecord;
import io.sallyport.audit.store.OutboxRow;
import io.sallyport.event.MfaEventType;
import jakarta.persistence.EntityManager;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Puts an event into the outbox, in the event's transaction: one row for each sink and addressee that want it, none where nobody does. */
public final class Posting {

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
        List<Wish> wishes = Wish.of(session, event.realmId(), event.type(), event.details());
        wishes.forEach(wish -> em.persist(new OutboxRow(event, wish.sink(), wish.addressee())));
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                Counters.event(event.type(), event.outcome());
                if (!wishes.isEmpty() && ALERTS.contains(event.type())) {
                    courier.wake();
                }
            }

            @Override
            protected void rollbackImpl() {
                // what did not happen is not told
            }
        });
    }
}
