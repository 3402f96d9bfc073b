package io.sallyport.verify;

import io.sallyport.factor.Challenges;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What an administrator's reset of somebody's factors ends beside the sessions: whatever was proved or is being asked, also
 * in a sign-in under way, which is no session yet. Else whoever is halfway in by a stolen recovery code would go on.
 */
public final class Reset {

    private Reset() {}

    /** Ends it on every node, with the transaction. */
    public static void of(KeycloakSession session, RealmModel realm, String userId) {
        new Challenges(session).voidAll(realm.getId(), userId);
        new TrustedDevices(session, realm).endAll(userId);
        new MfaTokens(session).endAll(realm.getId(), userId);
        new EvidenceStore(session).forgetUser(realm.getId(), userId);
    }
}
