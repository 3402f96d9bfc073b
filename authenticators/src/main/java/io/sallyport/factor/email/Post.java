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
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * One mail on its way, in a thread and a session of its own; a mail that is lost, whatever by, is on the record and nobody's
 * failure. What waits on a node that dies is the exception: it is kept in memory only.
 *
 * @param server by which {@link io.sallyport.provider.MailServer} it goes now
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
        String server,
        String readerId,
        Optional<String> address,
        String what,
        String subject,
        String template,
        Map<String, Object> attributes) {

    private static final Logger LOG = Logger.getLogger(Post.class);
    private static final Errands ON_THE_WAY = new Errands(Errands.Limits.USUAL);

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
        ON_THE_WAY.take(realmId, server, new Errand() {
            @Override
            public void run() {
                send();
            }

            @Override
            public void lost(String why, Throwable cause) {
                record(why, cause);
            }
        });
    }

    /** Nothing is sent to somebody who is gone. */
    private void send() {
        KeycloakModelUtils.runJobInTransactionWithResult(factory, this::reader).ifPresent(this::send);
    }

    private Optional<Reader> reader(KeycloakSession session) {
        return inRealm(session)
                .flatMap(realm -> Optional.ofNullable(session.users().getUserById(realm, readerId)))
                .map(Reader::of);
    }

    /** No transaction is begun: no connection of the database is held while the mail server is waited for. */
    private void send(Reader reader) {
        try (KeycloakSession session = factory.create()) {
            Optional<RealmModel> found = inRealm(session);
            if (found.isPresent()) {
                session.getProvider(EmailTemplateProvider.class)
                        .setRealm(found.get())
                        .setUser(reader.in(session, found.get(), address))
                        .send(subject, template, new HashMap<>(attributes)); // Keycloak adds its own
            }
        } catch (EmailException refused) {
            throw new IllegalStateException("the mail server did not take it", refused);
        }
    }

    private void record(String why, Throwable cause) {
        LOG.warnf(cause, "A mail of realm %s could not be sent: %s, %s", realmId, what, why);
        try {
            KeycloakModelUtils.runJobInTransaction(
                    factory, session -> inRealm(session).ifPresent(realm -> Trail.recordHere(session, realm, lost())));
        } catch (RuntimeException unrecorded) {
            LOG.errorf(unrecorded, "A lost mail of realm %s is not on the record: %s", realmId, what);
        }
    }

    private MfaEvent lost() {
        return MfaEvent.of(MfaEventType.NOTICE_FAILED, Outcome.FAILURE)
                .user(readerId)
                .with(Detail.REASON, what);
    }

    private Optional<RealmModel> inRealm(KeycloakSession session) {
        Optional<RealmModel> realm = Optional.ofNullable(session.realms().getRealm(realmId));
        realm.ifPresent(session.getContext()::setRealm);
        return realm;
    }

    private static boolean present(@Nullable String text) {
        return !Optional.ofNullable(text).orElse("").isBlank();
    }

    @Override
    public String toString() {
        return "Post[" + what + "]";
    }
}
