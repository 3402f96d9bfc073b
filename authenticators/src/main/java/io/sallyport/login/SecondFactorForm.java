package io.sallyport.login;

import io.sallyport.form.ChallengePage;
import io.sallyport.form.DeviceTrust;
import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.policy.Method;
import io.sallyport.verify.Assessment;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Visit;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/**
 * The door: asks for a second factor within a flow. Whoever must still enroll, or may not pass at all, is let through to
 * the gate, which sends him there.
 */
class SecondFactorForm implements Authenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        try {
            Assessment here = assess(context);
            Set<Method> asked = toAsk(context, here);
            // in a browser that the user trusts, too: the gate says so on the record
            if (asked.isEmpty() || isTrusted(context, here)) {
                context.success();
                return;
            }
            context.challenge(page(context).show(context.form(), asked));
        } catch (RuntimeException unavailable) {
            refuse(context, unavailable);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        try {
            ChallengePage page = page(context);
            PostedForm posted = PostedForm.of(context.getHttpRequest());
            Optional<Response> turned = page.turned(context.form(), posted);
            if (turned.isPresent()) {
                context.challenge(turned.get());
                return;
            }
            Verification answer = page.answer(posted);
            Assessment here = assess(context);
            Set<Method> asked = toAsk(context, here);
            if (answer instanceof Verification.Verified verified) {
                trust(context).take(posted, here);
                pass(context, page, asked, verified.evidence().method());
            } else if (asked.isEmpty()) {
                context.success(); // nothing is asked any more
            } else {
                context.failureChallenge(
                        AuthenticationFlowError.INVALID_CREDENTIALS,
                        page.showAgain(context.form(), asked, posted, answer));
            }
        } catch (RuntimeException unavailable) {
            refuse(context, unavailable);
        }
    }

    /** A right code of a method that is not enough leaves something to ask. */
    private static void pass(AuthenticationFlowContext context, ChallengePage page, Set<Method> asked, Method method) {
        if (asked.isEmpty()) {
            credentialType(method).ifPresentOrElse(context::success, context::success);
        } else {
            context.challenge(page.show(context.form(), asked));
        }
    }

    /** What Keycloak calls the credential, for flows that ask which one was used. */
    private static Optional<String> credentialType(Method method) {
        return switch (method) {
            case TOTP -> Optional.of(OTPCredentialModel.TYPE);
            case WEBAUTHN -> Optional.of(WebAuthnCredentialModel.TYPE_TWOFACTOR);
            case SMS_OTP, RECOVERY_CODE, TEMPORARY_PASS, EMAIL_CODE -> Optional.empty();
        };
    }

    boolean isTrusted(AuthenticationFlowContext context, Assessment here) {
        return trust(context).recognized(here.decision()).isPresent();
    }

    private static DeviceTrust trust(AuthenticationFlowContext context) {
        return new DeviceTrust(context.getSession(), context.getRealm(), context.getUser());
    }

    private static Assessment assess(AuthenticationFlowContext context) {
        return new Assessments(context.getSession(), context.getRealm()).of(visit(context));
    }

    Set<Method> toAsk(AuthenticationFlowContext context, Assessment here) {
        return new Assessments(context.getSession(), context.getRealm()).toAsk(visit(context), here);
    }

    static Visit visit(AuthenticationFlowContext context) {
        return Visit.of(context.getSession(), context.getAuthenticationSession(), context.getUser());
    }

    private static ChallengePage page(AuthenticationFlowContext context) {
        return new ChallengePage(
                context.getSession(), context.getRealm(), context.getAuthenticationSession(), context.getUser());
    }

    static void refuse(AuthenticationFlowContext context, RuntimeException unavailable) {
        context.getSession().getTransactionManager().setRollbackOnly();
        context.failure(AuthenticationFlowError.INTERNAL_ERROR, RefusalPage.unavailable(context.form(), unavailable));
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    /** Always: whoever has no factor yet is sent to enrollment by the gate. */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

    @Override
    public void close() {}
}
