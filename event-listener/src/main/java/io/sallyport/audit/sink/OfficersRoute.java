package io.sallyport.audit.sink;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.CloudEvent;
import io.sallyport.event.sink.Delivery;
import io.sallyport.event.sink.MfaEventSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.adapter.InMemoryUserAdapter;

/**
 * Mails an event to one officer of a realm at a time, so that one who can't be reached keeps nobody else from it. What the mail
 * says is read in a transaction; it is sent without one, because a mail server may take its time.
 *
 * @param target the mail server
 * @param subjects the message key of each type that is mailed
 */
record OfficersRoute(
        KeycloakSessionFactory sessions,
        String realmId,
        String target,
        Set<String> officers,
        Map<MfaEventType, String> subjects)
        implements MfaEventSink.Route {

    private static final Logger LOG = Logger.getLogger(OfficersRoute.class);

    /**
     * To whoever is an officer now, where it is not said to whom: by a node of an older version, or while the settings could
     * not be read. One whom it reaches is enough; it would reach him again otherwise.
     */
    @Override
    public Delivery send(CloudEvent event) {
        List<Delivery> deliveries = Recipients.of(officers, event).stream()
                .map(officer -> send(event, officer))
                .toList();
        return deliveries.stream()
                .filter(Delivery.accepted()::equals)
                .findFirst()
                .or(() -> deliveries.stream().findFirst())
                .orElseGet(() -> Delivery.refused("there is no address to mail it to"));
    }

    /** Also to one who was taken off the list since: he was an officer when it happened. */
    @Override
    public Delivery send(CloudEvent event, String officer) {
        if (officer.equals(MfaEventSink.ONLY)) {
            return send(event);
        }
        if (officer.equals(Owner.ADDRESSEE)) {
            // who is gone since has left it to the officers
            return owner(event).map(owner -> mail(owner, event)).orElseGet(() -> send(event));
        }
        return mail(new Owner(officer, Optional.empty()), event);
    }

    private Optional<Owner> owner(CloudEvent event) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions,
                session -> Optional.ofNullable(session.realms().getRealm(realmId))
                        .flatMap(realm -> {
                            session.getContext().setRealm(realm);
                            return event.data().get("details") instanceof Map<?, ?> details
                                    ? Owner.of(session, realm, details)
                                    : Optional.empty();
                        }));
    }

    private Delivery mail(Owner reader, CloudEvent event) {
        return event.type()
                .flatMap(type -> Optional.ofNullable(subjects.get(type)))
                .map(subject -> mail(reader, subject, event))
                .orElseGet(() -> Delivery.refused("there is no mail for events of this type"));
    }

    private Delivery mail(Owner reader, String subject, CloudEvent event) {
        Map<String, Object> text =
                KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> text(session, subject, event));
        // no transaction is begun: no connection of the database is held while the mail server is waited for
        try (KeycloakSession session = sessions.create()) {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm == null || text.isEmpty()) {
                return Delivery.refused("the realm is gone");
            }
            session.getContext().setRealm(realm);
            if (Optional.ofNullable(realm.getSmtpConfig().get("host"))
                    .orElse("")
                    .isBlank()) {
                return Delivery.tryAgain("the realm has no mail server");
            }
            InMemoryUserAdapter recipient = new InMemoryUserAdapter(session, realm, reader.address());
            recipient.setEmail(reader.address());
            reader.locale().ifPresent(locale -> recipient.setSingleAttribute(UserModel.LOCALE, locale));
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(recipient)
                    .send(subject, "mfa-alert.ftl", text);
            return Delivery.accepted();
        } catch (EmailException refused) {
            LOG.debugf(refused, "An alert of realm %s could not be mailed", realmId);
            return Delivery.tryAgain("the mail server did not take it");
        }
    }

    private Map<String, Object> text(KeycloakSession session, String subject, CloudEvent event) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return Map.of();
        }
        session.getContext().setRealm(realm);
        return AlertText.of(session, realm, subject, event);
    }
}
