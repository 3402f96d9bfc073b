package io.sallyport.verify;

import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A sign-in that goes on where its {@code mfa_token} was given out, with what was proved before. It lasts for one call.
 *
 * @param token the token
 * @param signIn the sign-in
 */
public record Resumed(MfaToken token, AuthenticationSessionModel signIn) {

    private static final String NOTE = "sallyport.resumed";

    /**
     * A token that somebody came with.
     *
     * @param flaw why it is of no use any more, whoever came; absent if what it stands on has not changed
     */
    public record Found(MfaToken token, Optional<TokenFlaw> flaw) {}

    /** The token with this text; one that is spent is told apart by its status. */
    public static Optional<Found> find(KeycloakSession session, RealmModel realm, String text) {
        // in a transaction of its own: the attempt that follows needs a connection, and this request must not hold one
        return OwnTransaction.call(session, own -> {
            RealmModel ownRealm = own.getContext().getRealm();
            MfaTokens tokens = new MfaTokens(own);
            tokens.forgetSome();
            return tokens.find(ownRealm, text)
                    .map(token -> new Found(token, new TokenCheck(own, ownRealm, token).flaw(tokens.now())));
        });
    }

    /** Begins as the password grant does (Keycloak 26.7, {@code ResourceOwnerPasswordCredentialsGrantType}). */
    public static Resumed begin(
            KeycloakSession session, RealmModel realm, ClientModel client, UserModel user, MfaToken token) {
        AuthenticationSessionModel signIn = new AuthenticationSessionManager(session)
                .createAuthenticationSession(realm, false)
                .createAuthenticationSession(client);
        signIn.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        signIn.setAction(AuthenticatedClientSessionModel.Action.AUTHENTICATE.name());
        signIn.setClientNote(
                OIDCLoginProtocol.ISSUER,
                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        token.scope().ifPresent(scope -> signIn.setClientNote(OIDCLoginProtocol.SCOPE_PARAM, scope));
        signIn.setAuthenticatedUser(user);
        AuthenticatorUtil.addAuthCredential(signIn, PasswordCredentialModel.TYPE);
        SessionBinding.resume(signIn, token.nonce());
        signIn.setAuthNote(NOTE, token.id());
        MfaTokens.use(session, token);
        return new Resumed(token, signIn);
    }

    /** The same sign-in in another transaction of the request, which leaves nothing of it. */
    public static Resumed aside(KeycloakSession own, ClientModel client, UserModel user, MfaToken token) {
        Resumed resumed = begin(own, own.getContext().getRealm(), client, user, token);
        own.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                resumed.breakOff(own);
            }

            @Override
            protected void rollbackImpl() {
                // nothing of it was kept
            }
        });
        return resumed;
    }

    /** Whether a sign-in goes on by a token: there is no page, no browser to trust and no grace in it. */
    public static boolean is(AuthenticationSessionModel signIn) {
        return signIn.getAuthNote(NOTE) != null;
    }

    /** Where the user proves something in it. */
    public Place place() {
        return new TokenPlace(token.id(), Place.of(signIn));
    }

    /** Leaves nothing of a sign-in that did not become a session in this call. */
    public void breakOff(KeycloakSession session) {
        new AuthenticationSessionManager(session).removeAuthenticationSession(signIn.getRealm(), signIn, false);
    }
}
