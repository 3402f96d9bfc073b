package io.sallyport.verify;

import io.sallyport.factor.Challenges;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What a user ends together with his other sessions: what is asked and approved in them, and sign-ins half-way in. */
public final class Elsewhere {

    private Elsewhere() {}

    /** Ends it on every node, with the transaction. */
    public static void end(KeycloakSession session, RealmModel realm, UserModel user, Place here) {
        new Challenges(session).voidOthers(new Challenges.Owner(realm.getId(), user.getId(), here.sessionId()));
        new MfaTokens(session).endOthers(realm.getId(), user.getId());
    }
}
