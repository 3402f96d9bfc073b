package io.sallyport.form;

import io.sallyport.factor.Enrollment;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.Throttle;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Verifier;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page that asks for a second factor, and the reading of its answer; door, gate and enrollment show the same. */
public final class ChallengePage {

    private static final String CODE = "code";
    private static final String METHOD = "method";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;
    private final UserModel user;

    /** The page for one user in one sign-in. */
    public ChallengePage(KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.signIn = signIn;
        this.user = user;
    }

    /** The page, with the methods that count; a locked user sees only that he is locked. */
    public Response show(LoginFormsProvider form, Set<Method> usable) {
        return new Throttle(session).lockedUntil(realm, user.getId()).isPresent()
                ? locked(form)
                : open(form, usable, Optional.empty());
    }

    /** The page again after an answer that did not pass. */
    public Response showAgain(LoginFormsProvider form, Set<Method> usable, PostedForm posted, Verification answer) {
        String message = posted.text(CODE).isPresent() ? "mfaWrongCode" : "mfaCodeMissing";
        return answer.match(
                verified -> {
                    throw new IllegalStateException("a verified answer has no page");
                },
                rejected -> rejected.why() == Verification.Why.NOT_ASKED
                        ? show(form, usable)
                        : open(form.addError(new FormMessage(CODE, message)), usable, posted.text("enrollment")),
                lockedOut -> locked(form));
    }

    /** Verifies what was posted, if a page of this sign-in asked for it; a code that names no method is by the first. */
    public Verification answer(PostedForm posted) {
        Asked asked = Asked.in(signIn);
        Optional<String> named = posted.text(METHOD);
        Optional<Method> method = named.isEmpty() ? Optional.of(asked.first()) : named.flatMap(Method::named);
        Attempt attempt = new Attempt(
                user,
                Optional.of(signIn),
                method.orElse(asked.first()),
                posted.text("enrollment"),
                posted.text(CODE).orElse(""));
        Verifier verifier = new Verifier(session, realm);
        return method.filter(asked.methods()::contains).isPresent()
                ? verifier.verify(attempt)
                : verifier.notAsked(attempt);
    }

    private Response open(LoginFormsProvider form, Set<Method> usable, Optional<String> selected) {
        new Asked(usable).leaveIn(signIn);
        Method method = usable.stream().findFirst().orElseThrow();
        List<Map<String, String>> enrollments = new ArrayList<>();
        for (Enrollment enrollment : enrollments(method)) {
            enrollments.add(Map.of("id", enrollment.id(), "label", enrollment.label()));
        }
        return form.setAttribute(
                        "mfa",
                        Map.of(
                                "method", method.name(),
                                "digits", realm.getOTPPolicy().getDigits(),
                                "enrollments", enrollments,
                                "selected", selected.orElse(""),
                                "locked", false))
                .createForm("mfa-challenge.ftl");
    }

    private Response locked(LoginFormsProvider form) {
        return form.setError("mfaLocked")
                .setAttribute("mfa", Map.of("locked", true, "enrollments", List.of(), "digits", 6, "method", ""))
                .createForm("mfa-challenge.ftl");
    }

    private List<Enrollment> enrollments(Method method) {
        return new SecondFactors(session)
                .of(method)
                .map((SecondFactor factor) -> factor.enrollments(realm, user))
                .orElse(List.of());
    }
}
