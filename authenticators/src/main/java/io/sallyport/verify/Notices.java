package io.sallyport.verify;

import io.sallyport.factor.email.Post;
import io.sallyport.policy.Method;
import io.sallyport.policy.NetworkAddress;
import io.sallyport.provider.ClientAddress;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.MailServer;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Tells people by mail what happened to their factors, once it is committed: by another thread, so that no request waits
 * for a mail server or fails with it. Where there is no mail server, or no address, nobody is told.
 */
public final class Notices {

    private static final int MOST_ADMINISTRATORS = 20;
    private static final String[] WHO_CAN_HELP = {"mfa", "mfa.reset_mfa", AdminRoles.REALM_ADMIN};

    private Notices() {}

    /** Tells the user about one of his methods. */
    public static void tell(KeycloakSession session, RealmModel realm, UserModel user, Notice notice, Method method) {
        send(session, realm, user, letter(session, realm, user, notice, Optional.of(method)));
    }

    /** Tells the user about all of them. */
    public static void tell(KeycloakSession session, RealmModel realm, UserModel user, Notice notice) {
        send(session, realm, user, letter(session, realm, user, notice, Optional.empty()));
    }

    /** Tells those who hold one of the roles that can help, directly; a few of them are enough. */
    static void tellAdministrators(
            KeycloakSession session, RealmModel realm, UserModel about, Notice notice, Method method) {
        Letter letter = letter(session, realm, about, notice, Optional.of(method));
        Optional<ClientModel> management =
                Optional.ofNullable(realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID));
        management.stream()
                .flatMap(client -> Stream.of(WHO_CAN_HELP).map(client::getRole))
                .flatMap(Stream::ofNullable)
                .flatMap(role -> session.users().getRoleMembersStream(realm, role, 0, MOST_ADMINISTRATORS))
                .distinct()
                .limit(MOST_ADMINISTRATORS)
                .forEach(reader -> send(session, realm, reader, letter));
    }

    private static Letter letter(
            KeycloakSession session, RealmModel realm, UserModel about, Notice notice, Optional<Method> method) {
        boolean byAdministrator = Actor.on(session, about).administratorId().isPresent();
        Optional<String> address = byAdministrator
                ? Optional.empty() // where the administrator sits is not the user's business
                : ClientAddress.of(session, realm).map(NetworkAddress::text);
        return new Letter(notice, method, about.getUsername(), KeycloakClock.now(), address, byAdministrator);
    }

    private static void send(KeycloakSession session, RealmModel realm, UserModel reader, Letter letter) {
        if (!Post.reaches(realm, reader)) {
            return;
        }
        new Post(
                        session.getKeycloakSessionFactory(),
                        realm.getId(),
                        MailServer.of(realm),
                        reader.getId(),
                        Optional.empty(),
                        letter.notice().name(),
                        letter.notice().key(),
                        "mfa-notice.ftl",
                        letter.attributes())
                .startAfter(session.getTransactionManager());
    }
}
