package io.sallyport.verify;

import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;

/**
 * Shows a lock where Keycloak's console shows locked users: in realms with brute force detection, the only ones that show
 * any. Our own decisions go by {@code MFA_THROTTLE} alone; Keycloak refuses whoever is shown here at his password.
 */
public final class LockDisplay {

    private LockDisplay() {}

    /** Shows that the user is locked until then. */
    static void show(KeycloakSession session, RealmModel realm, String userId, Instant until) {
        if (!realm.isBruteForceProtected()) {
            return;
        }
        int end = Math.toIntExact(until.getEpochSecond());
        UserLoginFailureModel shown = found(session, realm, userId)
                .orElseGet(() -> session.loginFailures().addUserLoginFailure(realm, userId));
        if (shown.getFailedLoginNotBefore() != end) {
            shown.setFailedLoginNotBefore(end);
        }
    }

    /**
     * Takes the display back, and with it Keycloak's own count of the user's failures, as its console's unlock does. Keycloak 26.7
     * keeps the later one of two ends of a lock, so that 0 is none; and it refuses whoever is shown to be locked.
     */
    public static void hide(KeycloakSession session, RealmModel realm, String userId) {
        found(session, realm, userId)
                .filter(shown -> shown.getFailedLoginNotBefore() != 0)
                .ifPresent(UserLoginFailureModel::clearFailures);
    }

    private static Optional<UserLoginFailureModel> found(KeycloakSession session, RealmModel realm, String userId) {
        return Optional.ofNullable(session.loginFailures().getUserLoginFailure(realm, userId));
    }
}
