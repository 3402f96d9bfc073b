package io.sallyport.verify;

import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.policy.Method;
import java.security.SecureRandom;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What goes with a set of recovery codes: else whoever is halfway in by one of them would go on. */
public final class RecoveryReset {

    private RecoveryReset() {}

    /** Makes the codes void at once and offers the user new ones at his next proof; how many were left. */
    public static int byAnother(KeycloakSession session, RealmModel realm, UserModel user) {
        int left = new RecoveryCodes(session, new SecureRandom()).revoke(realm.getId(), user.getId());
        forgetProofs(session, realm, user.getId());
        if (left > 0) {
            CredentialChange.codesGone(session, realm, user);
        }
        return left;
    }

    /** Whoever came by a code of a set that is no more must prove something else; run after its codes are gone. */
    public static void forgetProofs(KeycloakSession session, RealmModel realm, String userId) {
        new EvidenceStore(session).forget(realm.getId(), userId, Method.RECOVERY_CODE);
    }
}
