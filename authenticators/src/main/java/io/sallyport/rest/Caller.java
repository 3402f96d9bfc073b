package io.sallyport.rest;

import io.sallyport.verify.Place;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;

/**
 * A user whose application calls in his name, by an access token that was checked.
 *
 * @param userSession his live session
 * @param client the application
 * @param token the token
 */
record Caller(
        KeycloakSession session,
        RealmModel realm,
        UserModel user,
        UserSessionModel userSession,
        ClientModel client,
        AccessToken token) {

    /** Where he proves something. */
    Place place() {
        return Place.of(userSession, client);
    }
}
