package io.sallyport.verify;

import io.sallyport.provider.KeycloakClock;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * When the user last signed in from the beginning. Keycloak 26.7 sets its own time anew whenever the cookie alone was not
 * enough, as for a step-up to a level of the flow that asks neither for a password nor for a provider.
 */
public final class SignInTime {

    private static final String NOTE = "sallyport.signed-in";

    private SignInTime() {}

    /** Leaves it in the session that is to come, or in the one that goes on if that knows only Keycloak's own. */
    static void remember(KeycloakSession session, AuthenticationSessionModel signIn, UserModel user) {
        if (signIn.getUserSessionNotes().containsKey(NOTE)) {
            return;
        }
        Optional<UserSessionModel> running = FirstFactor.running(session, signIn, user);
        if (running.isEmpty() || isFromTheBeginning(signIn)) {
            leave(signIn, KeycloakClock.now());
        } else if (running.get().getNote(NOTE) == null) {
            leave(signIn, of(running.get()));
        }
    }

    /** That of a sign-in in progress. */
    public static Instant of(KeycloakSession session, AuthenticationSessionModel signIn, UserModel user) {
        remember(session, signIn, user);
        return Optional.ofNullable(signIn.getUserSessionNotes().get(NOTE))
                .map(SignInTime::instant)
                .or(() -> FirstFactor.running(session, signIn, user).map(SignInTime::of))
                .orElse(Instant.EPOCH);
    }

    /** That of a session; a provider may have told Keycloak of an earlier one. */
    public static Instant of(UserSessionModel userSession) {
        Instant keycloaks = Optional.ofNullable(userSession.getNote(AuthenticationManager.AUTH_TIME))
                .map(SignInTime::instant)
                .orElseGet(() -> Instant.ofEpochSecond(userSession.getStarted()));
        return Optional.ofNullable(userSession.getNote(NOTE))
                .map(SignInTime::instant)
                .filter(ours -> ours.isBefore(keycloaks))
                .orElse(keycloaks);
    }

    private static boolean isFromTheBeginning(AuthenticationSessionModel signIn) {
        return AuthenticatorUtil.isForcedReauthentication(signIn)
                || FirstFactor.isPassword(signIn)
                || signIn.getUserSessionNotes().containsKey(Details.IDENTITY_PROVIDER);
    }

    private static void leave(AuthenticationSessionModel signIn, Instant time) {
        signIn.setUserSessionNote(NOTE, String.valueOf(time.getEpochSecond()));
    }

    private static Instant instant(String seconds) {
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }
}
