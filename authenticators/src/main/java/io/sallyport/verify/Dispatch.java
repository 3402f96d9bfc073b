package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** One letter on its way, in a session of its own; a letter that is lost is on the record and nobody's failure. */
record Dispatch(KeycloakSessionFactory factory, String realmId, String readerId, Letter letter) {

    private static final Logger LOG = Logger.getLogger(Dispatch.class);

    void start() {
        try {
            KeycloakModelUtils.runJobInTransactionWithResult(
                            factory,
                            session ->
                                    session.getProvider(ExecutorsProvider.class).getExecutor("mfa-notices"))
                    .execute(this::deliver);
        } catch (RuntimeException full) {
            LOG.errorf(full, "A notice of realm %s could not be sent: %s", realmId, letter.notice());
        }
    }

    private void deliver() {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, this::send);
        } catch (RuntimeException broken) {
            LOG.errorf(broken, "A notice of realm %s could not be sent: %s", realmId, letter.notice());
        }
    }

    private void send(KeycloakSession session) {
        Optional<RealmModel> found = Optional.ofNullable(session.realms().getRealm(realmId));
        found.ifPresent(realm -> {
            session.getContext().setRealm(realm);
            Optional.ofNullable(session.users().getUserById(realm, readerId))
                    .ifPresent(reader -> send(session, realm, reader));
        });
    }

    private void send(KeycloakSession session, RealmModel realm, UserModel reader) {
        try {
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(reader)
                    .send(letter.notice().key(), "mfa-notice.ftl", letter.attributes());
        } catch (EmailException refused) {
            LOG.warnf(refused, "A notice of realm %s could not be sent: %s", realm.getName(), letter.notice());
            Trail.recordHere(
                    session,
                    realm,
                    MfaEvent.of(MfaEventType.NOTICE_FAILED, Outcome.FAILURE)
                            .user(readerId)
                            .with(Detail.REASON, letter.notice().name()));
        }
    }
}
