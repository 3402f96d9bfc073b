package io.sallyport.rest;

import io.sallyport.json.Problem;
import io.sallyport.verify.MfaTokens;
import io.sallyport.verify.Place;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;

/**
 * A user whose application calls in his name, by a token that was checked.
 *
 * @param client the application
 * @param standing how far he is in
 */
record Caller(KeycloakSession session, RealmModel realm, UserModel user, ClientModel client, Standing standing) {

    /** By an access token of a live session. */
    Caller(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            UserSessionModel userSession,
            ClientModel client,
            AccessToken token) {
        this(session, realm, user, client, new Standing.Live(userSession, token));
    }

    /** The same in another transaction, in which what must be committed is decided. */
    Caller in(KeycloakSession own) {
        RealmModel ownRealm = own.getContext().getRealm();
        UserModel known = Optional.ofNullable(own.users().getUserById(ownRealm, user.getId()))
                .orElseThrow(() -> new IllegalStateException("the user is gone"));
        return new Caller(own, ownRealm, known, client, standing);
    }

    /** Where he proves something. */
    Place place() {
        return standing.place(client);
    }

    /** His session; whoever has none yet may not do this. */
    Standing.Live live() {
        if (standing instanceof Standing.Live live) {
            return live;
        }
        throw Problem.FORBIDDEN.exception(session, List.of("want a token of a session"));
    }

    UserSessionModel userSession() {
        return live().userSession();
    }

    AccessToken token() {
        return live().token();
    }

    /** Uses up the {@code mfa_token} that he calls by; for an access token there is nothing to do. */
    void spendToken() {
        if (standing instanceof Standing.ByToken byToken
                && !new MfaTokens(session).spend(byToken.token().id(), byToken.externalId())) {
            throw new TokenRefusal(session, byToken.token()).tooLate();
        }
    }

    /** Ends a sign-in that did not become a session in this call. */
    void leaveNothing() {
        if (standing instanceof Standing.SigningIn signingIn
                && session.sessions().getUserSession(realm, signingIn.rootId()) == null) {
            signingIn.resumed().breakOff(session);
        }
    }
}
