package io.sallyport.verify;

import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;

/**
 * Shows a lock where Keycloak's console shows locked users: in realms with brute force detection, the only ones that show
 * any. The display decides nothing; what it says is in {@code MFA_THROTTLE}.
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

    /** Takes the display back. */
    public static void hide(KeycloakSession session, RealmModel realm, String userId) {
        found(session, realm, userId).ifPresent(shown -> shown.setFailedLoginNotBefore(0));
    }

    private static Optional<UserLoginFailureModel> found(KeycloakSession session, RealmModel realm, String userId) {
        return Optional.ofNullable(session.loginFailures().getUserLoginFailure(realm, userId));
    }
}
