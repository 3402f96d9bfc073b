package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A token or an assertion that is refused.
 *
 * @param userId whose it would have been
 * @param clientId which application's
 * @param sessionId in which session
 */
public record TokenRefused(String userId, String clientId, String sessionId) {

    /** Refused in a session. */
    public static TokenRefused in(UserSessionModel userSession, ClientModel client) {
        return new TokenRefused(userSession.getUser().getId(), client.getClientId(), userSession.getId());
    }

    /** An {@code mfa_token} that is refused. */
    public static TokenRefused of(MfaToken token, RealmModel realm) {
        return new TokenRefused(
                token.userId(),
                Optional.ofNullable(realm.getClientById(token.clientId()))
                        .map(ClientModel::getClientId)
                        .orElse(token.clientId()),
                token.sessionId().orElse(token.id()));
    }

    /** Refused at a sign-in, before there is a session. */
    public static TokenRefused at(AuthenticationSessionModel signIn, UserModel user) {
        return new TokenRefused(
                user.getId(),
                signIn.getClient().getClientId(),
                signIn.getParentSession().getId());
    }

    /** Event and audit row, in a transaction of their own. */
    public void record(KeycloakSession session, RealmModel realm, String reason) {
        Trail.record(session, realm, Ruling.on(session, realm, event(session, reason)));
    }

    /**
     * The same for an {@code mfa_token}, once for each reason, however often it is tried; for a request that holds no
     * connection yet, and must not wait for one with another in hand.
     */
    public static void recordOnce(KeycloakSession session, MfaToken token, TokenFlaw flaw) {
        MfaEvent event = of(token, session.getContext().getRealm()).event(session, flaw.wireName());
        OwnTransaction.call(session, own -> {
            boolean first = new MfaTokens(own).refuse(token.id(), flaw);
            if (first) {
                RealmModel realm = own.getContext().getRealm();
                Trail.recordHere(own, realm, Ruling.on(own, realm, event));
            }
            return first;
        });
    }

    private MfaEvent event(KeycloakSession session, String reason) {
        return Ruling.of(session, userId)
                .begun(MfaEvent.of(MfaEventType.TOKEN_REFUSED, Outcome.FAILURE)
                        .user(userId)
                        .client(Optional.of(clientId))
                        .session(sessionId)
                        .with(Detail.REASON, reason));
    }
}
