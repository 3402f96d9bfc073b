package io.sallyport.gate;

import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.SessionEvidence;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
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
            AccessToken answer,
            ProtocolMapperModel model,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext clientSession) {
        repeat(new PresentedToken(session)::bearer, answer, session, userSession, clientSession);
        // Keycloak prints acr in userinfo only as a free claim
        answer.getOtherClaims().remove(IDToken.ACR);
        Optional.ofNullable(answer.getAcr()).ifPresent(acr -> answer.setOtherClaims(IDToken.ACR, acr));
        return answer;
    }

    @Override
    public AccessToken transformIntrospectionToken(
            AccessToken answer,
            ProtocolMapperModel model,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext clientSession) {
        repeat(new PresentedToken(session)::inspected, answer, session, userSession, clientSession);
        return answer;
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

    /** The claims of the evidence, in a token that is being issued. */
    private static void write(
            IDToken token, KeycloakSession session, UserSessionModel userSession, ClientSessionContext clientSession) {
        fill(token, session, userSession, () -> {
            SessionEvidence evidence = evidence(
                    session,
                    userSession,
                    clientSession,
                    Grant.of(session, clientSession).isRefresh());
            MfaClaims.write(token, evidence.fresh(), evidence.claimTtl());
        });
    }

    /**
     * The claims of a token that was issued before, as long as they hold: a proof that came after it is not the token's.
     * Its session is judged as at a refresh, for nobody signs in here.
     */
    private static void repeat(
            Function<UserSessionModel, Optional<AccessToken>> presented,
            AccessToken answer,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext clientSession) {
        fill(answer, session, userSession, () -> {
            MfaClaims.remove(answer);
            Optional<AccessToken> token = presented.apply(userSession).filter(MfaClaims::areIn);
            if (token.isEmpty()) {
                return; // nothing to repeat
            }
            SessionEvidence evidence = evidence(session, userSession, clientSession, true);
            if (evidence.assessment().passes() && evidence.fresh().isPresent()) {
                MfaClaims.repeat(token.get(), answer);
            }
        });
    }

    private static void fill(IDToken token, KeycloakSession session, UserSessionModel userSession, Runnable claims) {
        try {
            if (Machine.owns(userSession)) {
                MfaClaims.remove(token);
            } else if (RealmSettings.enabled(session, userSession.getRealm())) {
                claims.run();
            }
        } catch (RuntimeException unavailable) {
            LOG.errorf(unavailable, "MFA can't be assessed: the token says nothing of it");
            MfaClaims.remove(token);
        }
    }

    private static SessionEvidence evidence(
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext clientSession,
            boolean refresh) {
        return SessionEvidence.of(
                session,
                userSession.getRealm(),
                userSession,
                clientSession.getClientSession().getClient(),
                refresh);
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
