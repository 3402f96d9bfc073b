package io.sallyport.form;

import io.sallyport.factor.Enrollment;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.verify.Place;
import io.sallyport.verify.Posed;
import io.sallyport.verify.Questions;
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

    MethodPage(
            KeycloakSession session,
            RealmModel realm,
            AuthenticationSessionModel signIn,
            UserModel user,
            LoginFormsProvider form) {
        this.session = session;
        this.realm = realm;
        this.signIn = signIn;
        this.user = user;
        this.form = form;
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
                ? asked(
                        offered,
                        method,
                        new Questions(session, realm, Place.of(signIn), user)
                                .pose(method, Purpose.SIGN_IN, Optional.empty()))
                : page(offered, method, factor.delivers() ? sending().last() : Map.of());
    }

    /** Asks for the method after its question was sent, or was not. */
    Response sent(List<Method> offered, Method method, Posed posed) {
        Sending sending = sending();
        sending.posed(posed);
        sending.problem().ifPresent(problem -> form.addError(new FormMessage("code", problem)));
        return page(offered, method, sending.last());
    }

    private Sending sending() {
        return new Sending(signIn, Purpose.SIGN_IN);
    }

    /** The chosen method, or the list of them. */
    Response choose(List<Method> offered, Optional<Method> chosen) {
        return chosen.map(method -> ask(offered, method))
                .orElseGet(() -> form.setAttribute("mfa", Map.of("methods", Choice.of(offered)))
                        .createForm("mfa-choose.ftl"));
    }

    private Response asked(List<Method> offered, Method method, Posed posed) {
        posed.problem().ifPresent(problem -> form.addError(new FormMessage("code", problem.message())));
        Map<String, Object> question = new HashMap<>(posed.shown());
        return page(offered, method, question);
    }

    private Response page(List<Method> offered, Method method, Map<String, Object> question) {
        List<Enrollment> enrollments = factor(method).enrollments(realm, user);
        Map<String, Object> mfa = new HashMap<>();
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
        mfa.put("trustDays", method.enrollable() ? new DeviceTrust(session, realm, user).offeredDays() : 0);
        mfa.put("question", question);
        return form.setAttribute("mfa", mfa).createForm("mfa-challenge.ftl");
    }

    private SecondFactor factor(Method method) {
        return new SecondFactors(session).of(method).orElseThrow();
    }
}
