package io.sallyport.gate;

import io.sallyport.form.OAuthAnswer;
import io.sallyport.population.report.RuleReports;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.CarriedApproval;
import io.sallyport.verify.Evidence;
import io.sallyport.verify.SessionEvidence;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.services.CorsErrorResponseException;

/**
 * The guard: every token response passes it (Keycloak 26.7, {@code AccessTokenResponseBuilder.build}), whatever the grant
 * or the flow. No evidence where the policy requires it, or the user locked: no token.
 */
final class TokenGuard implements TokenPostProcessor {

    private static final Logger LOG = Logger.getLogger(TokenGuard.class);

    private final KeycloakSession session;

    TokenGuard(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        ClientSessionContext clientSession = context.clientSessionCtx();
        UserSessionModel userSession = clientSession.getClientSession().getUserSession();
        RealmModel realm = session.getContext().getRealm();
        Refusal refusal =
                new Refusal(session, realm, clientSession.getClientSession(), Grant.of(session, clientSession));
        Optional<OAuthAnswer> answer;
        try {
            if (Machine.owns(userSession)) {
                Optional.ofNullable(context.accessToken()).ifPresent(MfaClaims::remove);
                return;
            }
            Derived.restrict(context, Grant.of(session, clientSession));
            if (!RealmSettings.enabled(session, realm)) {
                return;
            }
            answer = judge(realm, userSession, context);
        } catch (CorsErrorResponseException refused) {
            throw refused;
        } catch (RuntimeException unavailable) {
            LOG.errorf(unavailable, "MFA can't be assessed: no token");
            throw refusal.of(OAuthAnswer.UNAVAILABLE);
        }
        if (answer.isPresent()) {
            throw refused(refusal, answer.get());
        }
    }

    /** Why there is no token; empty if there is one, then its claims are written. */
    private Optional<OAuthAnswer> judge(
            RealmModel realm, UserSessionModel userSession, TokenPostProcessorContext context) {
        ClientSessionContext clientSession = context.clientSessionCtx();
        boolean refresh = Grant.of(session, clientSession).isRefresh();
        SessionEvidence evidence = SessionEvidence.of(
                session, realm, userSession, clientSession.getClientSession().getClient(), refresh);
        if (Grant.of(session, clientSession).isPassword()) {
            RuleReports.count(session, realm, evidence.assessment());
        }
        SessionEvidence.Verdict verdict = evidence.verdict(refresh);
        if (verdict != SessionEvidence.Verdict.PASS) {
            return Optional.of(
                    verdict == SessionEvidence.Verdict.LOCKED ? OAuthAnswer.LOCKED : OAuthAnswer.MFA_REQUIRED);
        }
        if (MfaClaimsMapper.isMissing(clientSession)) {
            LOG.errorf(
                    "client %s has lost the client scope %s: no token", clientId(clientSession), MfaClaimsMapper.SCOPE);
            return Optional.of(OAuthAnswer.UNAVAILABLE);
        }
        Optional<Evidence> fresh = evidence.fresh();
        Optional.ofNullable(context.accessToken()).ifPresent(token -> {
            if (refresh) {
                Derived.keepAudience(token, clientSession);
            }
            MfaClaims.write(token, fresh, evidence.claimTtl());
            if (fresh.isPresent()) {
                CarriedApproval.of(
                                session,
                                realm,
                                userSession,
                                clientSession.getClientSession(),
                                Optional.ofNullable(context.code()))
                        .ifPresent(approval -> MfaClaims.approved(token, approval));
            }
        });
        return Optional.empty();
    }

    private static RuntimeException refused(Refusal refusal, OAuthAnswer answer) {
        RuntimeException refused = refusal.of(answer);
        try {
            refusal.record(answer);
        } catch (RuntimeException unrecorded) {
            LOG.error("the refusal of a token can't be recorded", unrecorded);
            return refusal.unrecorded();
        }
        return refused;
    }

    private static String clientId(ClientSessionContext clientSession) {
        return clientSession.getClientSession().getClient().getClientId();
    }

    @Override
    public void close() {}
}
