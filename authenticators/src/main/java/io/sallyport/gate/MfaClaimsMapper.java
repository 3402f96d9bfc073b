package io.sallyport.gate;

import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.SessionEvidence;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenResponseMapper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.representations.IDToken;

/**
 * Writes the claims where the guard does not come by: ID token, userinfo and introspection. It runs after every other
 * mapper, so that none can forge a name of ours.
 */
public final class MfaClaimsMapper extends AbstractOIDCProtocolMapper
        implements OIDCIDTokenMapper,
                OIDCAccessTokenResponseMapper,
                UserInfoTokenMapper,
                TokenIntrospectionTokenMapper {

    private static final Logger LOG = Logger.getLogger(MfaClaimsMapper.class);

    /** Name of the default client scope that carries the mapper to every client. */
    public static final String SCOPE = "mfa-claims";

    /** Id of the mapper. */
    public static final String ID = "mfa-claims-mapper";

    /** Whether the client of this session has lost the mapper. */
    static boolean isMissing(ClientSessionContext clientSession) {
        return clientSession.getProtocolMappersStream().noneMatch(mapper -> ID.equals(mapper.getProtocolMapper()));
    }

    @Override
    public IDToken transformIDToken(
            IDToken token,
            ProtocolMapperModel model,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext clientSession) {
        write(token, session, userSession, clientSession);
        return token;
    }

    @Override
    public AccessToken transformUserInfoToken(
            AccessToken token,
            ProtocolMapperModel model,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext clientSession) {
        write(token, session, userSession, clientSession);
        // userinfo has no expiry of its own, and Keycloak prints acr there only as a free claim
        token.exp(null);
        token.getOtherClaims().remove(IDToken.ACR);
        Optional.ofNullable(token.getAcr()).ifPresent(acr -> token.setOtherClaims(IDToken.ACR, acr));
        return token;
    }

    /**
     * Never more than the token itself said when it was issued: a proof that came after it is not the token's. Keycloak
     * 26.7 hands over the token with its basic claims only, so its time of issue decides.
     */
    @Override
    public AccessToken transformIntrospectionToken(
            AccessToken token,
            ProtocolMapperModel model,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext clientSession) {
        Long exp = token.getExp();
        write(token, session, userSession, clientSession);
        if (token.getOtherClaims().get(MfaClaims.TIME) instanceof Long proved
                && (token.getIat() == null || token.getIat() < proved)) {
            MfaClaims.remove(token);
        }
        token.exp(exp);
        return token;
    }

    /** What another mapper adds to the JSON of the answer beside the token is no claim of ours either. */
    @Override
    public AccessTokenResponse transformAccessTokenResponse(
            AccessTokenResponse answer,
            ProtocolMapperModel model,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext clientSession) {
        MfaClaims.NAMES.forEach(answer.getOtherClaims()::remove);
        answer.getOtherClaims().remove(IDToken.ACR);
        return answer;
    }

    private static void write(
            IDToken token, KeycloakSession session, UserSessionModel userSession, ClientSessionContext clientSession) {
        RealmModel realm = userSession.getRealm();
        try {
            if (userSession.getUser().getServiceAccountClientLink() != null) {
                MfaClaims.remove(token);
            } else if (RealmSettings.enabled(session, realm)) {
                SessionEvidence evidence = SessionEvidence.of(
                        session,
                        realm,
                        userSession,
                        clientSession.getClientSession().getClient(),
                        Grant.of(clientSession).isRefresh());
                MfaClaims.write(token, evidence.fresh(), evidence.claimTtl());
            }
        } catch (RuntimeException unavailable) {
            LOG.errorf(unavailable, "MFA can't be assessed: the token says nothing of it");
            MfaClaims.remove(token);
        }
    }

    @Override
    public int getPriority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getDisplayType() {
        return "MFA claims";
    }

    @Override
    public String getHelpText() {
        return "Writes the MFA claims from the stored evidence. Without it a client gets no token.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
