package io.sallyport.form;

import io.sallyport.factor.Enrollments;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.Place;
import io.sallyport.verify.Posed;
import io.sallyport.verify.Questions;
import io.sallyport.verify.Verification;
import io.sallyport.verify.Verifier;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The pages that ask for a second factor, one method at a time, and the reading of their answers; door, gate and
 * enrollment show the same.
 */
public final class ChallengePage {

    private static final String CODE = "code";
    private static final String CREDENTIAL = "credential";
    private static final String METHOD = "method";
    private static final String ENROLLMENT = "enrollment";
    private static final String CHOOSE = "choose";
    private static final String SEND = "send";
    private static final int MAX_CREDENTIAL = 65_536;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;
    private final UserModel user;
    private final Optional<Approving> approving;

    /** The pages for one user in one sign-in. */
    public ChallengePage(KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.signIn = signIn;
        this.user = user;
        this.approving = Optional.empty();
    }

    private ChallengePage(ChallengePage other, Approving approving) {
        this.session = other.session;
        this.realm = other.realm;
        this.signIn = other.signIn;
        this.user = other.user;
        this.approving = Optional.of(approving);
    }

    /** The pages that ask for this approval instead of a sign-in. */
    public ChallengePage about(Approving approval) {
        return new ChallengePage(this, approval);
    }

    /** The page of the preferred method of those that lead on; a locked user sees only that he is locked. */
    public Response show(LoginFormsProvider form, Set<Method> usable) {
        return show(form, usable, Optional.empty());
    }

    /** The page again after an answer that did not pass, with the method that was tried. */
    public Response showAgain(LoginFormsProvider form, Set<Method> usable, PostedForm posted, Verification answer) {
        Optional<Method> tried = posted.text(METHOD).flatMap(Method::named);
        return answer.match(
                verified -> {
                    throw new IllegalStateException("a verified answer has no page");
                },
                rejected -> rejected.why() == Verification.Why.NOT_ASKED
                        ? show(form, usable)
                        : show(
                                form.addError(new FormMessage(CODE, problem(posted, tried, rejected.why()))),
                                usable,
                                tried),
                lockedOut -> MethodPage.locked(form));
    }

    /**
     * Another page of the same challenge, if that is what was posted: another method, the list of them, or the same with a
     * message sent. Empty if an answer was posted.
     */
    public Optional<Response> turned(LoginFormsProvider form, PostedForm posted) {
        Set<Method> asked = Asked.in(signIn).methods();
        if (posted.has(SEND)) {
            return posted.text(SEND)
                    .flatMap(Method::named)
                    .filter(method -> asked.contains(method) && delivers(method))
                    .flatMap(method -> page(form).map(page -> sent(form, page, method)));
        }
        if (!posted.has(CHOOSE) || asked.isEmpty()) {
            return Optional.empty();
        }
        Optional<Method> chosen = posted.text(CHOOSE).flatMap(Method::named).filter(asked::contains);
        return page(form).map(page -> isLocked() ? MethodPage.locked(form) : page.choose(ordered(asked), chosen));
    }

    /** Verifies what was posted, if a page of this sign-in asked for it; a code that names no method is by the first. */
    public Verification answer(PostedForm posted) {
        Asked asked = Asked.in(signIn);
        Optional<String> named = posted.text(METHOD);
        Optional<Method> method = named.isEmpty() ? Optional.of(asked.first()) : named.flatMap(Method::named);
        Method meant = method.orElse(asked.first());
        Attempt attempt = new Attempt(
                user,
                Optional.of(Place.of(signIn)),
                approving.isPresent() ? Purpose.APPROVE : Purpose.SIGN_IN,
                meant,
                posted.text(ENROLLMENT),
                approving.map(Approving::id).or(() -> Questions.last(Place.of(signIn), meant, Purpose.SIGN_IN)),
                meant == Method.WEBAUTHN
                        ? posted.document(CREDENTIAL, MAX_CREDENTIAL).orElse("")
                        : posted.text(CODE).orElse(""));
        Verifier verifier = new Verifier(session, realm);
        return method.filter(asked.methods()::contains).isPresent()
                ? verifier.verify(attempt)
                : verifier.notAsked(attempt);
    }

    private Response show(LoginFormsProvider form, Set<Method> usable, Optional<Method> tried) {
        if (isLocked()) {
            return MethodPage.locked(form);
        }
        new Asked(usable).leaveIn(signIn);
        List<Method> ordered = ordered(usable);
        return page(form)
                .orElseThrow(() -> new IllegalStateException("what is asked for is over"))
                .ask(ordered, tried.filter(usable::contains).orElse(ordered.get(0)));
    }

    /** Before any SQL of the request: what was asked is known from the page before. */
    private Response sent(LoginFormsProvider form, MethodPage page, Method method) {
        Posed posed = page.send(method);
        return isLocked()
                ? MethodPage.locked(form)
                : page.sent(ordered(Asked.in(signIn).methods()), method, posed);
    }

    private boolean delivers(Method method) {
        return new SecondFactors(session)
                .of(method)
                .filter(SecondFactor::delivers)
                .isPresent();
    }

    private List<Method> ordered(Set<Method> offered) {
        return Preference.order(
                offered,
                Preference.isByUse(offered)
                        ? new Enrollments(session).lastUsed(realm.getId(), user.getId())
                        : List.of());
    }

    private boolean isLocked() {
        return new Assessments(session, realm).isLocked(user);
    }

    /** Empty if what is asked for can't be answered any more. */
    private Optional<MethodPage> page(LoginFormsProvider form) {
        if (approving.isEmpty()) {
            return Optional.of(new MethodPage(session, realm, signIn, user, form, Optional.empty()));
        }
        return approving
                .get()
                .requested()
                .get()
                .map(requested -> new MethodPage(session, realm, signIn, user, form, Optional.of(requested)));
    }

    private static String problem(PostedForm posted, Optional<Method> tried, Verification.Why why) {
        if (why == Verification.Why.SUSPENDED) {
            return "mfaSuspended";
        }
        if (why == Verification.Why.REPLACED) {
            return "mfaAskedAnew";
        }
        if (why == Verification.Why.NOTHING_SENT) {
            return "mfaSmsNothingSent";
        }
        if (tried.filter(method -> method == Method.WEBAUTHN).isPresent()) {
            return "mfaWrongKey";
        }
        return posted.text(CODE).isPresent() ? "mfaWrongCode" : "mfaCodeMissing";
    }
}
