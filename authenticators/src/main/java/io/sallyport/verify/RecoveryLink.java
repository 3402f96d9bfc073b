package io.sallyport.verify;

import io.sallyport.factor.recovery.RecoveryLinks;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * That a sign-in began with a link that was mailed to somebody, so that it leads him, and nobody else, to new recovery codes.
 *
 * @param userId whom it was mailed to
 * @param id of the link
 */
public record RecoveryLink(String userId, String id) {

    /** A client's note, not the sign-in's own: "start again" forgets those, and the link would lead somebody else on. */
    private static final String NOTE = "sallyport.recovery-link";

    /** The link that this sign-in began with. */
    public static Optional<RecoveryLink> of(AuthenticationSessionModel signIn) {
        return Optional.ofNullable(signIn.getClientNote(NOTE))
                .map(note ->
                        new RecoveryLink(note.substring(note.indexOf(' ') + 1), note.substring(0, note.indexOf(' '))));
    }

    /** The sign-in begins with it. */
    public void leaveIn(AuthenticationSessionModel signIn) {
        signIn.setClientNote(NOTE, id + " " + userId);
    }

    /** Whether it is good for this user now. */
    public boolean opensFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return user.getId().equals(userId) && new RecoveryLinks(session).isOpen(realm.getId(), userId, id);
    }

    /** Whether nobody has used it, and none was mailed after it. */
    public boolean isUnused(KeycloakSession session, RealmModel realm, UserModel user) {
        return user.getId().equals(userId) && new RecoveryLinks(session).isUnused(realm.getId(), userId, id);
    }
}
