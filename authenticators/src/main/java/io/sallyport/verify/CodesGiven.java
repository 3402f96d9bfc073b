package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Trail;
import io.sallyport.policy.Method;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Puts on the record that a user has a new set of recovery codes, and tells him. */
public final class CodesGiven {

    private CodesGiven() {}

    /** From now on these count, and none before. */
    public static void to(KeycloakSession session, RealmModel realm, UserModel user) {
        RecoveryReset.forgetProofs(session, realm, user.getId());
        Trail.record(
                session,
                realm,
                Concerning.user(session, realm, user, MfaEventType.RECOVERY_RESET)
                        .with(Detail.METHOD, Method.RECOVERY_CODE.name()));
        CredentialChange.codesGiven(session, realm, user);
        Notices.tell(session, realm, user, Notice.RECOVERY_CODES_MADE, Method.RECOVERY_CODE);
    }
}
