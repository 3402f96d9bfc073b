package io.sallyport.factor.email;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.UserModelDelegate;

/**
 * One mail on its way, in a thread and a session of its own; a mail that is lost is on the record and nobody's failure.
 *
 * @param readerId whom it goes to
 * @param address where it goes, if what it says was decided by that; absent for whatever address the reader has then
 * @param what its name in the log and on the record
 * @param subject message key
 * @param template below {@code html} and {@code text}
 * @param attributes what the template shows
 */
public record Post(
        KeycloakSessionFactory factory,
        String realmId,
        String readerId,
        Optional<String> address,
        String what,
        String subject,
        String template,
        Map<String, Object> attributes) {

    private static final Logger LOG = Logger.getLogger(Post.class);

    public Post {
        attributes = Map.copyOf(attributes);
    }

    /** Whether the realm has a mail server, and the reader an address. */
    public static boolean reaches(RealmModel realm, UserModel reader) {
        return present(realm.getSmtpConfig().get("host")) && present(reader.getEmail());
    }

    /** Hands it over once the transaction is committed: what did not happen is not told. */
    public void startAfter(KeycloakTransactionManager transaction) {
        transaction.enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                start();
            }

            @Override
            protected void rollbackImpl() {
                // nothing happened
            }
        });
    }

    /** Hands it over to another thread. */
    public void start() {
        try {
            KeycloakModelUtils.runJobInTransactionWithResult(
                            factory,
                            session ->
                                    session.getProvider(ExecutorsProvider.class).getExecutor("mfa-notices"))
                    .execute(this::deliver);
        } catch (RuntimeException full) {
            LOG.errorf(full, "A mail of realm %s could not be sent: %s", realmId, what);
        }
    }

    private void deliver() {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, this::send);
        } catch (RuntimeException broken) {
            LOG.errorf(broken, "A mail of realm %s could not be sent: %s", realmId, what);
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
                    .setUser(address.<UserModel>map(fixed -> at(fixed, reader)).orElse(reader))
                    .send(subject, template, new HashMap<>(attributes)); // Keycloak adds its own
        } catch (EmailException refused) {
            LOG.warnf(refused, "A mail of realm %s could not be sent: %s", realm.getName(), what);
            Trail.recordHere(
                    session,
                    realm,
                    MfaEvent.of(MfaEventType.NOTICE_FAILED, Outcome.FAILURE)
                            .user(readerId)
                            .with(Detail.REASON, what));
        }
    }

    private static UserModel at(String address, UserModel reader) {
        return new UserModelDelegate(reader) {
            @Override
            public String getEmail() {
                return address;
            }
        };
    }

    private static boolean present(@Nullable String text) {
        return !Optional.ofNullable(text).orElse("").isBlank();
    }

    @Override
    public String toString() {
        return "Post[" + what + "]";
    }
}
