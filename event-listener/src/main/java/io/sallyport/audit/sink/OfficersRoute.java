package io.sallyport.audit.sink;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.CloudEvent;
import io.sallyport.event.sink.Delivery;
import io.sallyport.event.sink.MfaEventSink;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.adapter.InMemoryUserAdapter;

/**
 * Mails an event to all officers of a realm. One who can't be reached keeps nobody else from it; if nobody is reached, it is
 * tried again.
 *
 * @param subjects the message key of each type that is mailed
 */
record OfficersRoute(
        KeycloakSessionFactory sessions, String realmId, Set<String> officers, Map<MfaEventType, String> subjects)
        implements MfaEventSink.Route {

    private static final Logger LOG = Logger.getLogger(OfficersRoute.class);

    @Override
    public Delivery send(CloudEvent event) {
        return event.type()
                .flatMap(type -> Optional.ofNullable(subjects.get(type)))
                .map(subject -> KeycloakModelUtils.runJobInTransactionWithResult(
                        sessions, session -> mail(session, subject, event)))
                .orElseGet(() -> Delivery.refused("there is no mail for events of this type"));
    }

    private Delivery mail(KeycloakSession session, String subject, CloudEvent event) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return Delivery.refused("the realm is gone");
        }
        session.getContext().setRealm(realm);
        if (Optional.ofNullable(realm.getSmtpConfig().get("host")).orElse("").isBlank()) {
            return Delivery.tryAgain("the realm has no mail server");
        }
        Set<String> recipients = Recipients.of(officers, event);
        if (recipients.isEmpty()) {
            return Delivery.refused("there are no officers any more");
        }
        long reached = recipients.stream()
                .filter(address -> isReached(session, realm, address, subject, event))
                .count();
        if (reached == 0) {
            return Delivery.tryAgain("the mail server took it for nobody");
        }
        if (reached < recipients.size()) {
            LOG.errorf(
                    "Of %d security officers of realm %s, %d could not be told of event %s",
                    recipients.size(), realm.getName(), recipients.size() - reached, event.id());
        }
        return Delivery.accepted();
    }

    private static boolean isReached(
            KeycloakSession session, RealmModel realm, String address, String subject, CloudEvent event) {
        try {
            InMemoryUserAdapter officer = new InMemoryUserAdapter(session, realm, address);
            officer.setEmail(address);
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(officer)
                    .send(subject, "mfa-alert.ftl", AlertText.of(session, realm, subject, event));
            return true;
        } catch (EmailException refused) {
            LOG.debugf(refused, "An alert of realm %s could not be mailed", realm.getName());
            return false;
        }
    }
}
