package io.sallyport.admin;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What the calls about one realm begin with: whom they are answered to. Each asks him for its own permission. */
abstract class CalledResource {

    final KeycloakSession session;
    final RealmModel realm;
    final Administrator caller;

    CalledResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        this.session = session;
        this.realm = realm;
        this.caller = caller;
    }
}
