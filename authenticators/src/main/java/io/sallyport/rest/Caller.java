package io.sallyport.rest;

import io.sallyport.factor.Challenges;
import io.sallyport.json.Problem;
import io.sallyport.verify.CallRate;
import io.sallyport.verify.MfaTokens;
import io.sallyport.verify.Place;
import io.sallyport.verify.SessionBinding;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /**
     * The same in another transaction, in which what must be committed is decided. Nothing of the first may be asked there: its
     * connection would be taken into that transaction, and closed with it.
     */
    Caller in(KeycloakSession own) {
        RealmModel ownRealm = own.getContext().getRealm();
        UserModel ownUser = found(own.users().getUserById(ownRealm, user.getId()));
        ClientModel ownClient = found(ownRealm.getClientById(client.getId()));
        return new Caller(
                own,
                ownRealm,
                ownUser,
                ownClient,
                found(standing.in(own, ownClient, ownUser).orElse(null)));
    }

    /** What was there a moment ago may have gone since. */
    private <T> T found(@Nullable T known) {
        return Optional.ofNullable(known).orElseThrow(() -> Problem.UNAUTHENTICATED.exception(session, List.of()));
    }

    /** Where he proves something. */
    Place place() {
        return standing.place(client);
    }

    /** Whose challenges he may answer. */
    Challenges.Owner owner() {
        return new Challenges.Owner(realm.getId(), user.getId(), place().sessionId());
    }

    /** Whose calls are counted as his. */
    CallRate.By counted() {
        return new CallRate.By(
                user.getId(),
                client.getClientId(),
                place().sessionId(),
                standing instanceof Standing.Live live ? SessionBinding.of(live.userSession()) : Optional.empty());
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

    /** Ends a sign-in that did not become a session in this call; a transaction that was rolled back has left none. */
    void leaveNothing() {
        if (session.getTransactionManager().isActive()
                && standing instanceof Standing.SigningIn signingIn
                && session.sessions().getUserSession(realm, signingIn.rootId()) == null) {
            signingIn.resumed().breakOff(session);
        }
    }
}
