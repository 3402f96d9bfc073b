package io.sallyport.enroll;

import io.sallyport.factor.Label;
import io.sallyport.factor.Purpose;
import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.policy.Method;
import io.sallyport.verify.Activation;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.Place;
import io.sallyport.verify.Questions;
import io.sallyport.verify.Throttle;
import io.sallyport.verify.Verification;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * One enrollment, step by step: prove the factor one has, choose a method, set it up, enter its first answer, save the
 * recovery codes. What the server must remember between pages is in notes and rows; the browser holds nothing.
 */
final class EnrollmentFlow {

    private static final String ENROLL = "enroll";

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final AuthenticationSessionModel signIn;
    private final EnrollmentNotes notes;
    private final EnrollmentRights rights;
    private final CodesStep codes;
    private final ProofStep proof;
    private final Optional<Method> fixed;

    /** The enrollment of this method, or of one that the user chooses. */
    EnrollmentFlow(RequiredActionContext context, Optional<Method> fixed) {
        this.context = context;
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.user = context.getUser();
        this.signIn = context.getAuthenticationSession();
        this.notes = new EnrollmentNotes(signIn);
        this.rights = new EnrollmentRights(context);
        this.codes = new CodesStep(context);
        this.proof = new ProofStep(context);
        this.fixed = fixed;
    }

    /** Shows the page of the step at which the enrollment is. */
    void show() {
        orRefuse(() -> {
            if (codes.isCurrent()) {
                codes.show();
                return;
            }
            List<Method> offered = offered();
            if (offered.isEmpty() || rights.refused()) {
                context.challenge(
                        rights.lacksFirstProof()
                                ? RefusalPage.firstProof(context.form())
                                : RefusalPage.denied(context.form()));
            } else if (new Throttle(session).lockedUntil(realm, user.getId()).isPresent()) {
                proof.show(Set.of(offered.get(0)));
            } else {
                chosen(offered).ifPresentOrElse(this::enroll, () -> choose(offered));
            }
        });
    }

    private void enroll(Method method) {
        if (rights.needsProof(method)) {
            prove(rights.proofs(method));
        } else {
            context.challenge(steps(method).show("", Optional.empty()));
        }
    }

    private void choose(List<Method> offered) {
        if (rights.needsProof()) {
            prove(rights.proofs());
        } else {
            context.challenge(new EnrollmentPages(context).choose(offered));
        }
    }

    private void prove(Set<Method> proofs) {
        notes.atProof();
        proof.show(proofs);
    }

    private Set<Method> proofs() {
        return notes.chosen().or(() -> fixed).map(rights::proofs).orElseGet(rights::proofs);
    }

    /** Takes what the page of the step posted. A proof is verified before anything else is looked up. */
    void answer() {
        orRefuse(() -> {
            PostedForm posted = PostedForm.of(context.getHttpRequest());
            Optional<Method> current = notes.method();
            if (codes.isCurrent()) {
                codes.answer(posted);
            } else if (posted.has(ENROLL)) {
                notes.choose(posted.text(ENROLL).flatMap(Method::named).filter(Method::enrollable));
                show();
            } else if (current.isEmpty()) {
                if (proof.answer(posted, this::proofs)) {
                    show();
                }
            } else {
                step(current.get(), posted);
            }
        });
    }

    private void step(Method method, PostedForm posted) {
        Optional<Response> page = steps(method).before(posted);
        if (notes.method().isEmpty()) {
            show(); // not his any more: what comes next decides again
        } else {
            page.ifPresentOrElse(context::challenge, () -> firstAnswer(method, posted));
        }
    }

    private void firstAnswer(Method method, PostedForm posted) {
        MethodSteps steps = steps(method);
        String label = posted.text("label").orElse("");
        Label labels = new Label(session, realm, user);
        Optional<String> problem = labels.problemWith(method, label);
        Optional<String> pending = notes.pending();
        if (problem.isPresent() || pending.isEmpty()) {
            context.challenge(steps.show(label, problem));
            return;
        }
        Verification answer = new Activation(session, realm)
                .activate(
                        new Attempt(
                                user,
                                Optional.of(Place.of(signIn)),
                                Purpose.ENROLL,
                                method,
                                pending,
                                Questions.last(Place.of(signIn), method, Purpose.ENROLL),
                                steps.answer(posted)),
                        pending.get(),
                        labels.given(method, label.isBlank() ? steps.name() : label),
                        () -> rights.granted(method));
        if (answer instanceof Verification.Verified) {
            steps.activated(pending.get());
            OtherSessions.endIfWanted(context, posted);
            notes.forget();
            codes.follow();
        } else if (answer instanceof Verification.LockedOut) {
            proof.show(Set.of(method));
        } else if (rights.granted(method)) {
            context.challenge(steps.show(label, Optional.of(problem(answer, steps, posted))));
        } else {
            notes.forget();
            show();
        }
    }

    private static String problem(Verification answer, MethodSteps steps, PostedForm posted) {
        return answer.equals(new Verification.Rejected(Verification.Why.NOTHING_SENT))
                ? "mfaSmsNothingSent"
                : steps.problem(posted);
    }

    private List<Method> offered() {
        return rights.offered().stream()
                .filter(method -> fixed.map(only -> only == method).orElse(true))
                .toList();
    }

    /** A method that he chose before and may no longer have is not chosen. */
    private Optional<Method> chosen(List<Method> offered) {
        return offered.size() == 1
                ? Optional.of(offered.get(0))
                : notes.chosen().filter(offered::contains);
    }

    private MethodSteps steps(Method method) {
        return MethodSteps.of(method, new EnrollmentDesk(context, notes));
    }

    private void orRefuse(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException unavailable) {
            session.getTransactionManager().setRollbackOnly();
            context.challenge(RefusalPage.unavailable(context.form(), unavailable));
        }
    }
}
