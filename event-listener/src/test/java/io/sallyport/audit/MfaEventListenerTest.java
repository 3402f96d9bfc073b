package io.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.sallyport.audit.store.AuditRow;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.Event;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.mockito.InOrder;

final class MfaEventListenerTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeycloakTransactionManager transaction = mock(KeycloakTransactionManager.class);
    private final EntityManager em = mock(EntityManager.class);
    private final MfaEventListener listener = new MfaEventListener(session, (row, em) -> {});
    private final Told told = new Told();
    private final Logger log = Logger.getLogger(MfaEventListener.class.getName());

    @BeforeEach
    void connect() {
        JpaConnectionProvider connection = mock(JpaConnectionProvider.class);
        when(session.getProvider(JpaConnectionProvider.class)).thenReturn(connection);
        when(session.getTransactionManager()).thenReturn(transaction);
        when(connection.getEntityManager()).thenReturn(em);
        log.setUseParentHandlers(false);
        log.addHandler(told);
    }

    @AfterEach
    void stopListening() {
        log.removeHandler(told);
        log.setUseParentHandlers(true);
    }

    @Test
    void theRowIsFlushedAndThenAcknowledged() {
        Event event = OurEvent.bare(MfaEventType.VERIFIED);
        List<String> ackAtFlush = new ArrayList<>();
        doAnswer(flush -> ackAtFlush.add(event.getDetails().get(Detail.ACK)))
                .when(em)
                .flush();

        listener.onEvent(event);

        InOrder order = inOrder(em);
        order.verify(em).persist(any(AuditRow.class));
        order.verify(em).flush();
        assertThat(ackAtFlush).containsOnlyNulls().hasSize(1);
        assertThat(event.getDetails()).containsEntry(Detail.ACK, OurEvent.ID);
        verify(transaction, never()).setRollbackOnly();
        assertThat(told.lines).isEmpty();
    }

    @Test
    void anEventThatIsNotOursIsLeftAlone() {
        Event event = OurEvent.with(Detail.MFA_EVENT, "auth.mfa_made_up");

        listener.onEvent(event);

        verifyNoInteractions(em, transaction);
        assertThat(event.getDetails()).doesNotContainKey(Detail.ACK);
    }

    @Test
    void anAdminEventIsLeftAlone() {
        listener.onEvent(new AdminEvent(), true);

        verifyNoInteractions(em, transaction);
    }

    @Test
    void aRowThatCannotBeFlushedIsNotAcknowledgedAndNothingIsCommitted() {
        Event event = OurEvent.bare(MfaEventType.VERIFIED);
        doThrow(new PersistenceException("disk full")).when(em).flush();

        listener.onEvent(event);

        assertThat(event.getDetails()).doesNotContainKey(Detail.ACK);
        verify(transaction).setRollbackOnly();
    }

    @Test
    void withoutADatabaseNothingIsAcknowledged() {
        Event event = OurEvent.bare(MfaEventType.VERIFIED);
        when(session.getProvider(JpaConnectionProvider.class)).thenThrow(new IllegalStateException("no pool"));

        listener.onEvent(event);

        assertThat(event.getDetails()).doesNotContainKey(Detail.ACK);
        verify(transaction).setRollbackOnly();
    }

    @Test
    void anEventThatCannotTakeTheAcknowledgementIsNotCommitted() {
        Event event = OurEvent.bare(MfaEventType.VERIFIED);
        event.setDetails(Map.copyOf(event.getDetails()));

        listener.onEvent(event);

        assertThat(event.getDetails()).doesNotContainKey(Detail.ACK);
        verify(transaction).setRollbackOnly();
    }

    @Test
    void nonsenseIsNotWrittenAndNotAcknowledged() {
        Event event = OurEvent.with(Detail.OUTCOME, "PERHAPS");

        listener.onEvent(event);

        verifyNoInteractions(em);
        assertThat(event.getDetails()).doesNotContainKey(Detail.ACK);
    }

    @Test
    void aFailureIsOneLineThatNamesTheEventAndNoValues() {
        SQLException refused = new SQLException("value too long: 'the secret'", "22001");
        doThrow(new PersistenceException(refused)).when(em).flush();

        listener.onEvent(OurEvent.bare(MfaEventType.VERIFIED));

        assertThat(told.lines)
                .containsExactly("No audit row for auth.mfa_verified " + OurEvent.ID
                        + ": java.sql.SQLException, SQL state 22001");
    }

    @Test
    void nonsenseCannotBreakTheLogLine() {
        listener.onEvent(OurEvent.with(Detail.OUTCOME, "X\r\n2026-01-01 INFO all is well\u001b[2J${jndi:ldap://x}"));

        assertThat(told.lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("No audit row for an event that makes no sense: ")
                        .doesNotContain("\r", "\n", "\u001b"));
    }

    /** What operators read at the level INFO; a record with a stack trace would be more than a line. */
    private static final class Told extends Handler {

        private final List<String> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord told) {
            if (told.getLevel().intValue() >= Level.INFO.intValue()) {
                assertThat(told.getThrown()).isNull();
                lines.add(told.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
