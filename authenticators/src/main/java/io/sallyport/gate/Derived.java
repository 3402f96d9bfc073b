package io.sallyport.gate;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;

/**
 * A token that was made of another one, by exchange or by UMA. It reaches no factors, for it may have lost scopes on its way;
 * nor does what its refresh token makes, which is marked, since Keycloak 26.7 remembers nothing of an exchange there.
 */
final class Derived {

    /** The audience of tokens that reach factors. */
    static final String FACTORS = "sallyport";

    private static final String MARK = "mfa_derived";
    private static final Set<String> GRANTS =
            Set.of(OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE, OAuth2Constants.UMA_GRANT_TYPE);

    private Derived() {}

    /** Takes from the tokens of this answer what such ones may not have, also while no MFA is asked: it may be later. */
    static void restrict(TokenPostProcessorContext context, Grant grant) {
        if (grant.type().filter(GRANTS::contains).isPresent() || isMarked(context.requestRefreshToken())) {
            Optional.ofNullable(context.accessToken()).ifPresent(Derived::forgetFactors);
            Optional.ofNullable(context.refreshToken()).ifPresent(token -> token.setOtherClaims(MARK, true));
        }
    }

    private static boolean isMarked(RefreshToken presented) {
        return presented != null && presented.getOtherClaims().containsKey(MARK);
    }

    private static void forgetFactors(AccessToken token) {
        if (token.hasAudience(FACTORS)) {
            token.audience(Stream.of(token.getAudience())
                    .filter(audience -> !audience.equals(FACTORS))
                    .toArray(String[]::new));
        }
    }

    /**
     * The audience of a refresh, as at the exchange: Keycloak 26.7 keeps in the refresh token which audience was asked for, but
     * looks there after the access token is made ({@code AbstractRefreshTokenProvider.refreshAccessToken}).
     */
    static void keepAudience(AccessToken token, ClientSessionContext clientSession) {
        ClientModel[] asked = clientSession.getAttribute(Constants.REQUESTED_AUDIENCE_CLIENTS, ClientModel[].class);
        if (asked != null && token.getAudience() != null) {
            Set<String> kept =
                    Set.copyOf(Stream.of(asked).map(ClientModel::getClientId).toList());
            token.audience(Stream.of(token.getAudience()).filter(kept::contains).toArray(String[]::new));
            token.getResourceAccess().keySet().retainAll(kept);
        }
    }
}
