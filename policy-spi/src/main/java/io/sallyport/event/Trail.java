package io.sallyport.event;

import java.util.Map;
import java.util.UUID;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Emits our events and insists on their audit row.
 *
 * <p>Keycloak 26.7 swallows what listeners throw, so the audit listener acknowledges the row by a detail of the event.
 * Without it nothing that depends on the event may happen: the transaction is rolled back.
 */
public final class Trail {

    private Trail() {}

    /**
     * Records the event: a success in the current transaction, a failure in a committed one of its own.
     *
     * @throws AuditUnavailable if the audit row was not written; the transaction is then marked for rollback
     */
    public static void record(KeycloakSession session, RealmModel realm, MfaEvent event) {
        record(session, realm, event, event.outcome() == Outcome.FAILURE);
    }

    /**
     * Records the event in the current transaction, whatever its outcome, for callers whose transaction is their own.
     *
     * @throws AuditUnavailable as above
     */
    public static void recordHere(KeycloakSession session, RealmModel realm, MfaEvent event) {
        record(session, realm, event, false);
    }

    /**
     * Records the event in a committed transaction of its own, before what can't be taken back, such as to show somebody
     * something; its id.
     *
     * @throws AuditUnavailable as above
     */
    public static String recordFirst(KeycloakSession session, RealmModel realm, MfaEvent event) {
        return record(session, realm, event, true);
    }

    private static String record(KeycloakSession session, RealmModel realm, MfaEvent event, boolean apart) {
        String id = UUID.randomUUID().toString();
        EventBuilder builder = new EventBuilder(realm, session)
                .event(EventType.CUSTOM_REQUIRED_ACTION)
                .storeImmediately(apart)
                .detail(Detail.MFA_EVENT, event.type().wireName())
                .detail(Detail.EVENT_ID, id)
                .detail(Detail.OUTCOME, event.outcome().name())
                .detail(Detail.CORRELATION_ID, Correlation.idOf(session));
        Sender sender = Sender.of(session, realm);
        sender.address().ifPresent(builder::ipAddress);
        sender.proxy().ifPresent(address -> builder.detail(Detail.PROXY, address));
        sender.forwarded().ifPresent(header -> builder.detail(Detail.FORWARDED, header));
        Correlation.userAgent(session).ifPresent(agent -> builder.detail(Detail.USER_AGENT, agent));
        event.userId().ifPresent(builder::user);
        event.clientId().or(sender::clientId).ifPresent(builder::client);
        event.sessionId().or(sender::sessionId).ifPresent(builder::session);
        event.details().forEach(builder::detail);
        if (event.outcome() == Outcome.SUCCESS) {
            builder.success();
        } else {
            builder.error(event.details().getOrDefault(Detail.REASON, "mfa_failed"));
        }
        if (!acknowledged(builder, id)) {
            session.getTransactionManager().setRollbackOnly();
            throw new AuditUnavailable(event.type());
        }
        return id;
    }

    private static boolean acknowledged(EventBuilder builder, String id) {
        Map<String, String> details = builder.getEvent().getDetails();
        return details != null && id.equals(details.get(Detail.ACK));
    }
}
