package io.sallyport.login;

import io.sallyport.form.OAuthAnswer;
import io.sallyport.form.PostedForm;
import io.sallyport.policy.Method;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.Place;
import io.sallyport.verify.Throttle;
import io.sallyport.verify.TokenRefused;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Verifier;
import io.sallyport.verify.Visit;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.directgrant.ValidateOTP;
import org.keycloak.events.Errors;
import org.keycloak.models.credential.OTPCredentialModel;

/**
 * Takes the place of Keycloak's OTP step of the direct grant in realms with MFA. The code comes as {@code totp} (or
 * Keycloak's {@code otp}), or as {@code mfa_method} and {@code mfa_code}.
 */
public final class DirectGrantOtp extends ValidateOTP {

    private static final Logger LOG = Logger.getLogger(DirectGrantOtp.class);

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (!Realms.enforced(context.getSession())) {
            super.authenticate(context);
            return;
        }
        try {
            enforce(context);
        } catch (RuntimeException unavailable) {
            LOG.errorf(unavailable, "MFA is unavailable, the direct grant was refused");
            context.getSession().getTransactionManager().setRollbackOnly();
            refuse(context, OAuthAnswer.UNAVAILABLE);
        }
    }

    private static void enforce(AuthenticationFlowContext context) {
        Optional<String> code = code(PostedForm.of(context.getHttpRequest()));
        if (code.isPresent()) {
            verify(context, code.get());
            return;
        }
        Set<Method> asked = new Assessments(context.getSession(), context.getRealm())
                .toAsk(Visit.of(context.getSession(), context.getAuthenticationSession(), context.getUser()));
        if (asked.isEmpty()) {
            // whoever must enroll first is refused by the guard
            context.success();
            return;
        }
        OAuthAnswer answer = isLocked(context) ? OAuthAnswer.LOCKED : OAuthAnswer.MFA_REQUIRED;
        TokenRefused.at(context.getAuthenticationSession(), context.getUser())
                .record(context.getSession(), context.getRealm(), answer.reason());
        refuse(context, answer);
    }

    private static void verify(AuthenticationFlowContext context, String code) {
        Verification answer = new Verifier(context.getSession(), context.getRealm())
                .verify(Attempt.unasked(
                        context.getUser(),
                        Optional.of(Place.of(context.getAuthenticationSession())),
                        Method.TOTP,
                        Optional.empty(),
                        code));
        Optional<OAuthAnswer> refusal = answer.match(
                verified -> Optional.empty(),
                rejected -> Optional.of(OAuthAnswer.WRONG_CODE),
                lockedOut -> Optional.of(OAuthAnswer.LOCKED));
        refusal.ifPresentOrElse(no -> refuse(context, no), () -> context.success(OTPCredentialModel.TYPE));
    }

    private static boolean isLocked(AuthenticationFlowContext context) {
        return new Throttle(context.getSession())
                .lockedUntil(context.getRealm(), context.getUser().getId())
                .isPresent();
    }

    private static Optional<String> code(PostedForm posted) {
        Optional<String> method = posted.text("mfa_method");
        return method.isPresent()
                ? posted.text("mfa_code").filter(code -> method.get().equals(Method.TOTP.name()))
                : posted.text("totp").or(() -> posted.text("otp"));
    }

    private static void refuse(AuthenticationFlowContext context, OAuthAnswer answer) {
        context.getEvent().user(context.getUser()).error(Errors.INVALID_USER_CREDENTIALS);
        context.failure(AuthenticationFlowError.INVALID_USER, answer.response());
    }

    @Override
    public int order() {
        return Realms.OVERRIDE;
    }
}
