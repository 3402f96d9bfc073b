package io.sallyport.event;

import io.sallyport.policy.NetworkAddress;
import io.sallyport.provider.ClientAddress;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Where a request comes from, as far as it can't be made up by whoever sent it; all of it is absent where the server acts by
 * itself.
 *
 * @param address the client's, as the policy judges it; absent also if it can't be told
 * @param proxy whoever is connected, if that may be a proxy
 * @param forwarded what the request says about the way that it came, true or not
 * @param clientId {@code client_id} of the application
 * @param sessionId the user session, or the root of a sign-in in progress
 */
record Sender(
        Optional<String> address,
        Optional<String> proxy,
        Optional<String> forwarded,
        Optional<String> clientId,
        Optional<String> sessionId) {

    static Sender of(KeycloakSession session, RealmModel realm) {
        KeycloakContext context = session.getContext();
        Optional<AuthenticationSessionModel> signIn = Optional.ofNullable(context.getAuthenticationSession());
        return new Sender(
                ClientAddress.of(session, realm).map(NetworkAddress::text),
                ClientAddress.proxy().map(NetworkAddress::text),
                ClientAddress.forwarded(session).flatMap(header -> OneLine.of(header, header.length())),
                signIn.map(AuthenticationSessionModel::getClient)
                        .or(() -> Optional.ofNullable(context.getClient()))
                        .map(ClientModel::getClientId),
                signIn.map(found -> found.getParentSession().getId())
                        .or(() -> Optional.ofNullable(context.getUserSession()).map(UserSessionModel::getId)));
    }
}
