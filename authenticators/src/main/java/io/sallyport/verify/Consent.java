package io.sallyport.verify;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.Profile;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;

/** Whether a user still agrees to what his client asked for, as Keycloak 26.7 asks at every refresh. */
public final class Consent {

    private Consent() {}

    /** Call it before any SQL of the request: it looks in a transaction of its own, where there is anything to look for. */
    public static boolean holds(
            KeycloakSession session,
            UserModel user,
            AuthenticatedClientSessionModel clientSession,
            @Nullable String scope) {
        ClientModel client = clientSession.getClient();
        if (!client.isConsentRequired() && !Profile.isFeatureEnabled(Profile.Feature.PARAMETERIZED_SCOPES)) {
            return true;
        }
        String clientId = client.getId();
        String userId = user.getId();
        return OwnTransaction.call(session, own -> {
            RealmModel realm = own.getContext().getRealm();
            Optional<ClientModel> known = Optional.ofNullable(realm.getClientById(clientId));
            return Optional.ofNullable(own.users().getUserById(realm, userId))
                    .flatMap(found -> known.map(
                            asks -> TokenManager.verifyConsentStillAvailable(own, found, asks, clientSession, scope)))
                    .orElse(false);
        });
    }
}
