package io.sallyport.gate;

import io.sallyport.form.Actions;
import io.sallyport.form.ChallengePage;
import io.sallyport.form.DeviceTrust;
import io.sallyport.form.GracePage;
import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.population.report.RuleReports;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.Assessment;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Exemption;
import io.sallyport.verify.Place;
import io.sallyport.verify.RecoveryOffer;
import io.sallyport.verify.Resumed;
import io.sallyport.verify.SessionBinding;
import io.sallyport.verify.TokenRefused;
import io.sallyport.verify.TrustedDevices;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Visit;
import io.sallyport.verify.Vouching;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The gate: asked at the end of every interactive sign-in, whatever the flow (Keycloak 26.7,
 * {@code AuthenticationManager.evaluateRequiredActionTriggers}). It asks the policy afresh and looks at the evidence.
 */
final class MfaGate implements RequiredActionProvider {

    private static final Logger LOG = Logger.getLogger(MfaGate.class);

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        // The password grant would answer its own error to any action: the guard answers there.
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (context.getUriInfo().getPath().endsWith("/protocol/openid-connect/token") || Resumed.is(signIn)) {
            remember(context, signIn);
            return;
        }
        try {
            if (!RealmSettings.enabled(context.getSession(), context.getRealm())) {
                return;
            }
            Assessment found = assess(context);
            RuleReports.count(context.getSession(), context.getRealm(), signIn, found);
            Assessment assessment = admitted(context, found);
            if (assessment.passes()) {
                signIn.removeRequiredAction(MfaGateFactory.ID);
                Exemption.record(context.getSession(), context.getRealm(), signIn, assessment);
                new AskedProof(context).action().ifPresent(signIn::addRequiredAction);
                if (new RecoveryOffer(Place.of(signIn))
                        .take(context.getSession(), context.getRealm(), context.getUser())) {
                    signIn.addRequiredAction(UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES);
                }
            } else {
                signIn.addRequiredAction(assessment.<String>whenOpen(
                        challenge -> isRecovering(context, assessment) ? Actions.ENROLL : MfaGateFactory.ID,
                        enroll -> new GraceStep(context)
                                .offer(enroll)
                                .map(left -> MfaGateFactory.ID)
                                .orElse(Actions.ENROLL),
                        deny -> MfaGateFactory.ID));
            }
        } catch (RuntimeException unavailable) {
            LOG.errorf(unavailable, "MFA can't be assessed: the sign-in is held at the gate");
            signIn.addRequiredAction(MfaGateFactory.ID);
        }
    }

    /** The guard, which sees the session only, must know what came before; what is not known opens nothing. */
    private static void remember(RequiredActionContext context, AuthenticationSessionModel signIn) {
        try {
            SessionBinding.of(context.getSession(), signIn, context.getUser());
        } catch (RuntimeException unavailable) {
            LOG.errorf(unavailable, "the sign-in has no nonce: the guard offers no mfa_token");
        }
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        try {
            Assessment assessment = assess(context);
            // whoever must enroll now is sent there by the triggers, which run again after this action
            Optional<Response> page = assessment.passes()
                    ? new AskedProof(context).page(ways -> page(context).show(context.form(), ways))
                    : assessment.whenOpen(
                            challenge -> isRecovering(context, assessment)
                                    ? Optional.empty()
                                    : Optional.of(page(context).show(context.form(), ways(context, challenge))),
                            enroll -> new GraceStep(context).page(enroll),
                            deny -> Optional.of(denied(context, assessment)));
            page.ifPresentOrElse(context::challenge, context::success);
        } catch (RuntimeException unavailable) {
            refuse(context, unavailable);
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        try {
            PostedForm posted = PostedForm.of(context.getHttpRequest());
            if (GracePage.posted(posted)) {
                new GraceStep(context).choose(posted, assess(context));
                requiredActionChallenge(context);
                return;
            }
            Optional<Response> turned = page(context).turned(context.form(), posted);
            if (turned.isPresent()) {
                context.challenge(turned.get());
                return;
            }
            Verification answer = page(context).answer(posted);
            Assessment assessment = assess(context);
            if (answer instanceof Verification.Verified) {
                trust(context).take(posted, assessment);
            }
            Optional<Response> again = answer instanceof Verification.Verified
                    ? Optional.empty()
                    : again(context, assessment, ways -> page(context).showAgain(context.form(), ways, posted, answer));
            again.ifPresentOrElse(context::challenge, () -> requiredActionChallenge(context));
        } catch (RuntimeException unavailable) {
            refuse(context, unavailable);
        }
    }

    private static Optional<Response> again(
            RequiredActionContext context, Assessment assessment, Function<Set<Method>, Response> ask) {
        if (assessment.passes()) {
            return new AskedProof(context).page(ask);
        }
        return assessment.decision() instanceof PolicyDecision.Challenge challenge
                ? Optional.of(ask.apply(ways(context, challenge)))
                : Optional.empty();
    }

    /** Lets whoever comes by a browser that he trusts pass without a proof. */
    private static Assessment admitted(RequiredActionContext context, Assessment assessment) {
        if (assessment.passes() || !(assessment.decision() instanceof PolicyDecision.Challenge challenge)) {
            return assessment;
        }
        return trust(context)
                .recognized(challenge)
                .map(device -> {
                    new TrustedDevices(context.getSession(), context.getRealm())
                            .admit(visit(context), challenge, device);
                    return assess(context);
                })
                .orElse(assessment);
    }

    private static Response denied(RequiredActionContext context, Assessment assessment) {
        boolean unsupported = assessment.vouched(Vouching.Kind.UNSUPPORTED);
        TokenRefused.at(context.getSession(), context.getAuthenticationSession(), context.getUser())
                .record(
                        context.getSession(),
                        context.getRealm(),
                        unsupported ? "mfa_not_supported_for_sso" : "denied_by_policy");
        return unsupported ? RefusalPage.unsupported(context.form()) : RefusalPage.denied(context.form());
    }

    private static DeviceTrust trust(RequiredActionContext context) {
        return new DeviceTrust(context.getSession(), context.getRealm(), context.getUser());
    }

    private static Visit visit(RequiredActionContext context) {
        return Visit.of(context.getSession(), context.getAuthenticationSession(), context.getUser());
    }

    private static Set<Method> ways(RequiredActionContext context, PolicyDecision.Challenge challenge) {
        return new Assessments(context.getSession(), context.getRealm()).ways(context.getUser(), challenge.usable());
    }

    private static boolean isRecovering(RequiredActionContext context, Assessment assessment) {
        return new Assessments(context.getSession(), context.getRealm()).isRecovering(visit(context), assessment);
    }

    private static Assessment assess(RequiredActionContext context) {
        return new Assessments(context.getSession(), context.getRealm()).of(visit(context));
    }

    private static ChallengePage page(RequiredActionContext context) {
        return new ChallengePage(
                context.getSession(), context.getRealm(), context.getAuthenticationSession(), context.getUser());
    }

    private static void refuse(RequiredActionContext context, RuntimeException unavailable) {
        context.getSession().getTransactionManager().setRollbackOnly();
        context.challenge(RefusalPage.unavailable(context.form(), unavailable));
    }

    /**
     * Applications may name it: Keycloak 26.7 skips an action that was asked for by {@code kc_action} and does not
     * support it, together with its triggers.
     */
    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void close() {}
}
