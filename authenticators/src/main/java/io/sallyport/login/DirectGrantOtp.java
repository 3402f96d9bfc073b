package io.sallyport.login;

import io.sallyport.form.OAuthAnswer;
import io.sallyport.form.PostedForm;
import io.sallyport.policy.Method;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.BrokenOff;
import io.sallyport.verify.Place;
import io.sallyport.verify.Throttle;
import io.sallyport.verify.TokenRefused;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Verifier;
import io.sallyport.verify.Visit;
import java.util.Map;
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
        Optional<Given> given = Given.in(PostedForm.of(context.getHttpRequest()));
        if (given.isPresent()) {
            verify(context, given.get());
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
        // a token that goes on from here would leave out whatever the flow does after this step
        boolean goesOn = answer == OAuthAnswer.MFA_REQUIRED && !RestOfFlow.follows(context);
        Map<String, Object> wayOn = goesOn ? wayOn(context) : Map.of();
        TokenRefused.at(context.getSession(), context.getAuthenticationSession(), context.getUser())
                .record(context.getSession(), context.getRealm(), answer.reason());
        refuse(context, answer, wayOn);
    }

    private static Map<String, Object> wayOn(AuthenticationFlowContext context) {
        return BrokenOff.at(context.getSession(), context.getAuthenticationSession(), context.getUser())
                .wayOn();
    }

    private static void verify(AuthenticationFlowContext context, Given given) {
        Verification answer = new Verifier(context.getSession(), context.getRealm())
                .verify(Attempt.unasked(
                        context.getUser(),
                        Optional.of(Place.of(context.getAuthenticationSession())),
                        given.method(),
                        Optional.empty(),
                        given.code()));
        Optional<OAuthAnswer> refusal = answer.match(
                verified -> Optional.empty(),
                rejected -> Optional.of(OAuthAnswer.WRONG_CODE),
                lockedOut -> Optional.of(OAuthAnswer.LOCKED));
        if (refusal.isPresent()) {
            refuse(context, refusal.get());
        } else if (given.method() == Method.TOTP) {
            context.success(OTPCredentialModel.TYPE);
        } else {
            // whatever it is worth: the guard says how it goes on
            context.success();
        }
    }

    private static boolean isLocked(AuthenticationFlowContext context) {
        return new Throttle(context.getSession())
                .lockedUntil(context.getRealm(), context.getUser().getId())
                .isPresent();
    }

    private static void refuse(AuthenticationFlowContext context, OAuthAnswer answer) {
        refuse(context, answer, Map.of());
    }

    private static void refuse(AuthenticationFlowContext context, OAuthAnswer answer, Map<String, Object> more) {
        // Keycloak's own event goes with the request, if that is committed: apart it would wait for a second connection
        context.getEvent()
                .storeImmediately(answer == OAuthAnswer.UNAVAILABLE)
                .user(context.getUser())
                .error(Errors.INVALID_USER_CREDENTIALS);
        context.failure(AuthenticationFlowError.INVALID_USER, answer.response(more));
    }

    /** A code that came beside the password. */
    private record Given(Method method, String code) {

        /** What stands for itself; whatever must be asked for first takes an {@code mfa_token}. */
        private static final Set<Method> UNASKED = Set.of(Method.TOTP, Method.RECOVERY_CODE, Method.TEMPORARY_PASS);

        static Optional<Given> in(PostedForm posted) {
            if (!posted.has("mfa_method")) {
                return posted.text("totp").or(() -> posted.text("otp")).map(code -> new Given(Method.TOTP, code));
            }
            return posted.text("mfa_method")
                    .flatMap(Method::named)
                    .filter(UNASKED::contains)
                    .flatMap(method -> posted.text("mfa_code").map(code -> new Given(method, code)));
        }
    }

    @Override
    public int order() {
        return Realms.OVERRIDE;
    }
}
