package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A token or an assertion that is refused. Whoever has a password alone is refused as often as he asks: there are rows of it
 * within a rate, and the answers are always the same.
 *
 * @param userId whose it would have been
 * @param by who is refused
 */
public record TokenRefused(String userId, CallRate.By by) {

    /** Refused in a session. */
    public static TokenRefused in(UserSessionModel userSession, ClientModel client) {
        String userId = userSession.getUser().getId();
        return new TokenRefused(
                userId,
                new CallRate.By(userId, client.getClientId(), userSession.getId(), SessionBinding.of(userSession)));
    }

    /** An {@code mfa_token} that is refused. */
    public static TokenRefused of(MfaToken token, RealmModel realm) {
        String client = Optional.ofNullable(realm.getClientById(token.clientId()))
                .map(ClientModel::getClientId)
                .orElse(token.clientId());
        String place = token.sessionId().orElse(token.id());
        return new TokenRefused(token.userId(), new CallRate.By(token.userId(), client, place, Optional.empty()));
    }

    /** Refused at a sign-in, before there is a session. */
    public static TokenRefused at(KeycloakSession session, AuthenticationSessionModel signIn, UserModel user) {
        return new TokenRefused(
                user.getId(),
                Denied.by(
                        session,
                        signIn.getRealm(),
                        user,
                        signIn.getClient().getClientId(),
                        signIn.getParentSession().getId()));
    }

    /** In the request's own transaction, which is committed with the answer; call it last. */
    public void record(KeycloakSession session, RealmModel realm, String reason) {
        Shown.refused(session, realm, by, userId).record(event(reason));
    }

    /** In place of the request, of which nothing stays. */
    public void recordInstead(KeycloakSession session, String reason) {
        denial(session, reason).record(session);
    }

    /**
     * The same for an {@code mfa_token}, once for each reason, however often it is tried; for a request that holds no
     * connection yet, and must not wait for one with another in hand.
     */
    public static void recordOnce(KeycloakSession session, MfaToken token, TokenFlaw flaw) {
        Denial denial = of(token, session.getContext().getRealm()).denial(session, flaw.wireName());
        OwnTransaction.call(session, own -> {
            boolean first = new MfaTokens(own).refuse(token.id(), flaw);
            if (first) {
                denial.recordHere(own);
            }
            return first;
        });
    }

    private Denial denial(KeycloakSession session, String reason) {
        return Denial.ruled(
                CallRate.Kind.REFUSED_TOKEN, by, Ruling.of(session, userId).begun(event(reason)));
    }

    private MfaEvent event(String reason) {
        return MfaEvent.of(MfaEventType.TOKEN_REFUSED, Outcome.FAILURE)
                .user(userId)
                .client(Optional.of(by.clientId()))
                .session(by.place())
                .with(Detail.REASON, reason);
    }
}
