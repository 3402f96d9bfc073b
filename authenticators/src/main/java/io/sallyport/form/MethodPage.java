package io.sallyport.form;

import io.sallyport.factor.Enrollment;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.verify.Place;
import io.sallyport.verify.Posed;
import io.sallyport.verify.Questions;
import io.sallyport.verify.Requested;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What one method shows when it asks, and the list of methods to choose from. */
final class MethodPage {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;
    private final UserModel user;
    private final LoginFormsProvider form;
    private final Optional<Requested> requested;

    MethodPage(
            KeycloakSession session,
            RealmModel realm,
            AuthenticationSessionModel signIn,
            UserModel user,
            LoginFormsProvider form,
            Optional<Requested> requested) {
        this.session = session;
        this.realm = realm;
        this.signIn = signIn;
        this.user = user;
        this.form = form;
        this.requested = requested;
    }

    static Response locked(LoginFormsProvider form) {
        return form.setError("mfaLocked")
                .setAttribute("mfa", Map.of("locked", true))
                .createForm("mfa-challenge.ftl");
    }

    /** Asks for the method; what must be sent first waits for the user to want it. */
    Response ask(List<Method> offered, Method method) {
        SecondFactor factor = factor(method);
        return factor.asks() && !factor.delivers()
                ? asked(offered, method, questions().pose(method, purpose(), Optional.empty()))
                : page(offered, method, factor.delivers() ? sending().last() : Map.of());
    }

    /** Asks for the method after its question was sent, or was not. */
    Response sent(List<Method> offered, Method method, Posed posed) {
        Sending sending = sending();
        sending.posed(posed);
        sending.problem().ifPresent(problem -> form.addError(new FormMessage("code", problem)));
        return page(offered, method, sending.last());
    }

    /** Sends what the method asks. */
    Posed send(Method method) {
        return questions().send(method, purpose(), Optional.empty());
    }

    private Questions questions() {
        Questions questions = new Questions(session, realm, Place.of(signIn), user);
        return requested.map(questions::about).orElse(questions);
    }

    private Purpose purpose() {
        return requested.isPresent() ? Purpose.APPROVE : Purpose.SIGN_IN;
    }

    private Sending sending() {
        return new Sending(signIn, purpose());
    }

    /** The chosen method, or the list of them. */
    Response choose(List<Method> offered, Optional<Method> chosen) {
        return chosen.map(method -> ask(offered, method)).orElseGet(() -> {
            Map<String, Object> mfa = subject();
            mfa.put("methods", Choice.of(offered));
            return form.setAttribute("mfa", mfa).createForm("mfa-choose.ftl");
        });
    }

    private Response asked(List<Method> offered, Method method, Posed posed) {
        posed.problem().ifPresent(problem -> form.addError(new FormMessage("code", problem.message())));
        Map<String, Object> question = new HashMap<>(posed.shown());
        return page(offered, method, question);
    }

    private Response page(List<Method> offered, Method method, Map<String, Object> question) {
        List<Enrollment> enrollments = factor(method).enrollments(realm, user);
        Map<String, Object> mfa = subject();
        mfa.put("locked", false);
        mfa.put("method", method.name());
        mfa.put("key", method.key());
        mfa.put("others", offered.size() > 1);
        mfa.put("digits", realm.getOTPPolicy().getDigits());
        mfa.put(
                "selected",
                PostedForm.of(session.getContext().getHttpRequest())
                        .text("enrollment")
                        .orElse(""));
        mfa.put(
                "enrollments",
                enrollments.stream()
                        .map(enrollment -> Map.of("id", enrollment.id(), "label", enrollment.label()))
                        .toList());
        mfa.put(
                "trustDays",
                method.enrollable() && requested.isEmpty() ? new DeviceTrust(session, realm, user).offeredDays() : 0);
        mfa.put("question", question);
        return form.setAttribute("mfa", mfa).createForm("mfa-challenge.ftl");
    }

    /** What the page is about. */
    private Map<String, Object> subject() {
        Map<String, Object> mfa = new HashMap<>();
        requested.ifPresent(approval -> mfa.put("action", Approving.view(session, user, signIn.getClient(), approval)));
        return mfa;
    }

    private SecondFactor factor(Method method) {
        return new SecondFactors(session).of(method).orElseThrow();
    }
}
