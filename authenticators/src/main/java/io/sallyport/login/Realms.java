package io.sallyport.login;

import io.sallyport.provider.RealmSettings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Tells realms with MFA from those that must behave as if the pack were not installed. */
final class Realms {

    /** Above Keycloak's own factories, whose order is 0. */
    static final int OVERRIDE = 100;

    private Realms() {}

    /** Whether the realm of the request enforces MFA; without a realm, as at start-up, nothing is enforced. */
    static boolean enforced(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        return realm != null && RealmSettings.enabled(session, realm);
    }
}
