package io.sallyport.audit;

import io.sallyport.audit.store.AuditRecord;
import io.sallyport.audit.store.AuditRow;
import io.sallyport.audit.store.AuditTenants;
import io.sallyport.event.Detail;
import io.sallyport.event.OneLine;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/**
 * Writes the audit row of each of our events, and what is to be told of it, in the event's transaction and acknowledges it in the event.
 *
 * <p>Keycloak 26.7 makes a listener for a success from the request's session and for a failure from a session of its own,
 * so the session it was made with is always the one whose transaction the row belongs to.
 */
final class MfaEventListener implements EventListenerProvider {

    private static final Logger LOG = Logger.getLogger(MfaEventListener.class);
    private static final int LINE = 255;

    private final KeycloakSession session;
    private final BiConsumer<AuditRecord, EntityManager> outbox;

    /** @param outbox what is told to others of a row, in its transaction */
    MfaEventListener(KeycloakSession session, BiConsumer<AuditRecord, EntityManager> outbox) {
        this.session = session;
        this.outbox = outbox;
    }

    @Override
    public void onEvent(Event event) {
        read(event).ifPresent(row -> keep(row, event));
    }

    /** Changes by our own administration come as events of their own; Keycloak's admin events are not ours. */
    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {}

    @Override
    public void close() {}

    private static Optional<AuditRecord> read(Event event) {
        try {
            return EventReader.read(event);
        } catch (IllegalArgumentException nonsense) {
            String why = OneLine.of(nonsense.getMessage(), LINE).orElse("no reason given");
            LOG.errorf("No audit row for an event that makes no sense: %s", why);
            return Optional.empty();
        }
    }

    /**
     * Whatever fails, an error too, the answer is the same: no acknowledgement, and nothing of this transaction is committed. Keycloak
     * would swallow the exception and log it whole, with the values of whichever statement failed.
     */
    private void keep(AuditRecord row, Event event) {
        try {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            AuditRow kept = new AuditRow(row);
            em.persist(kept);
            outbox.accept(row, em);
            em.flush();
            AuditTenants.keep(em, row);
            em.detach(kept); // a request of many events would look at all of them with each
            event.getDetails().put(Detail.ACK, row.eventId());
        } catch (RuntimeException | Error failure) {
            session.getTransactionManager().setRollbackOnly();
            LOG.errorf("No audit row for %s %s: %s", row.type().wireName(), row.eventId(), rootOf(failure));
            LOG.debug("No audit row", failure);
        }
    }

    /** The kind of failure without its text: a database quotes values in it. */
    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String kind = root.getClass().getName();
        return root instanceof SQLException sql ? kind + ", SQL state " + sql.getSQLState() : kind;
    }
}
