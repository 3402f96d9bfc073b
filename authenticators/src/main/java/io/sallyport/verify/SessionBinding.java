package io.sallyport.verify;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What ties evidence to one user's session: the root authentication session, whose id the user session will have, and a
 * nonce. Tabs, users and restarts share the id, so the nonce decides; it lives in notes on the server only.
 *
 * @param rootSessionId id of the root authentication session
 * @param nonce 256 random bits, made after the first factor
 */
public record SessionBinding(String rootSessionId, String nonce) {

    private static final String NOTE = "sallyport.nonce";
    private static final int NONCE_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * The binding of a sign-in in progress. A user who is signed in already keeps the one of his session; the nonce goes
     * with the authentication session into the user session.
     */
    public static SessionBinding of(KeycloakSession session, AuthenticationSessionModel signIn, UserModel user) {
        String rootId = signIn.getParentSession().getId();
        String nonce = ofExisting(session, signIn, user).or(() -> noted(signIn)).orElseGet(() -> {
            String made = newNonce();
            EvidenceStore.begins(session, made);
            return made;
        });
        signIn.setUserSessionNote(NOTE, nonce);
        FirstFactor.remember(signIn);
        SignInTime.remember(session, signIn, user);
        return new SessionBinding(rootId, nonce);
    }

    /** The nonce that was made in this sign-in before; empty if none was. */
    static Optional<String> noted(AuthenticationSessionModel signIn) {
        return Optional.ofNullable(signIn.getUserSessionNotes().get(NOTE));
    }

    /** Goes on with what was proved under this nonce in a sign-in that was broken off; the user has no session of it. */
    static void resume(AuthenticationSessionModel signIn, String nonce) {
        signIn.setUserSessionNote(NOTE, nonce);
    }

    /** The binding of a session; empty if no second factor was ever asked for in it, and for an impersonated one. */
    public static Optional<SessionBinding> of(UserSessionModel userSession) {
        if (isImpersonated(userSession)) {
            return Optional.empty();
        }
        return Optional.ofNullable(userSession.getNote(NOTE))
                .map(nonce -> new SessionBinding(userSession.getId(), nonce));
    }

    /** The binding of a session that is proving something now; empty for an impersonated one. */
    static Optional<SessionBinding> ensure(UserSessionModel userSession) {
        if (isImpersonated(userSession)) {
            return Optional.empty();
        }
        if (userSession.getNote(NOTE) == null) {
            userSession.setNote(NOTE, newNonce());
        }
        return of(userSession);
    }

    /** Whether an administrator acts in the user's name. */
    public static boolean isImpersonated(UserSessionModel userSession) {
        return userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null;
    }

    private static Optional<String> ofExisting(
            KeycloakSession session, AuthenticationSessionModel signIn, UserModel user) {
        return RunningSession.of(session, signIn, user)
                .flatMap(SessionBinding::of)
                .map(SessionBinding::nonce);
    }

    private static String newNonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "SessionBinding[" + rootSessionId + "]";
    }
}
