package io.sallyport.verify;

import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What came before the second factor: a password or an identity provider, in this sign-in or in the session that it goes on
 * with. A session alone is none: the same key may have made it.
 */
final class FirstFactor {

    private static final String NOTE = "sallyport.first-factor";

    private FirstFactor() {}

    /** Leaves in the session that is to come that a password was given. */
    static void remember(AuthenticationSessionModel signIn) {
        if (isPassword(signIn)) {
            signIn.setUserSessionNote(NOTE, PasswordCredentialModel.TYPE);
        }
    }

    /** Whether a password was given in this sign-in. */
    static boolean isPassword(AuthenticationSessionModel signIn) {
        return AuthenticatorUtil.getAuthnCredentials(signIn).contains(PasswordCredentialModel.TYPE);
    }

    /** Whether a password was given in the sign-ins of this session. */
    static boolean isPassword(UserSessionModel userSession) {
        return userSession.getNote(NOTE) != null;
    }

    /** Whether there was one for this user. */
    static boolean precedes(KeycloakSession session, AuthenticationSessionModel signIn, UserModel user) {
        return isPassword(signIn)
                || signIn.getUserSessionNotes().containsKey(Details.IDENTITY_PROVIDER)
                || running(session, signIn, user).filter(FirstFactor::precedes).isPresent();
    }

    /** Whether there was one in the sign-ins of this session. */
    static boolean precedes(UserSessionModel userSession) {
        return isPassword(userSession) || userSession.getNote(Details.IDENTITY_PROVIDER) != null;
    }

    /** The session that the user's sign-in goes on with. */
    static Optional<UserSessionModel> running(
            KeycloakSession session, AuthenticationSessionModel signIn, UserModel user) {
        return RunningSession.of(session, signIn, user);
    }
}
