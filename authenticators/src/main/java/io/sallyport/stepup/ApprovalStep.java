package io.sallyport.stepup;

import io.sallyport.form.Approving;
import io.sallyport.form.ChallengePage;
import io.sallyport.form.PostedForm;
import io.sallyport.form.ReturnToApplication;
import io.sallyport.policy.Method;
import io.sallyport.policy.action.Action;
import io.sallyport.verify.ActionApprovals;
import io.sallyport.verify.CarriedApproval;
import io.sallyport.verify.Place;
import io.sallyport.verify.Requested;
import io.sallyport.verify.SessionBinding;
import io.sallyport.verify.Throttle;
import io.sallyport.verify.Verification;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** One request for an approval, from its page to the approval. What is shown is what is stored, and what is proved. */
final class ApprovalStep {

    private static final String NOTE = "sallyport.approving";

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final AuthenticationSessionModel signIn;
    private final Place place;
    private final ActionApprovals approvals;

    ApprovalStep(RequiredActionContext context) {
        this.context = context;
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.user = context.getUser();
        this.signIn = context.getAuthenticationSession();
        this.place = Place.of(signIn);
        this.approvals = new ActionApprovals(session, realm);
    }

    /** Id of what this sign-in asks for now. */
    static Optional<String> open(AuthenticationSessionModel signIn) {
        return Optional.ofNullable(signIn.getAuthNote(NOTE));
    }

    /** Asks for it. */
    void show() {
        show((page, methods) -> page.show(context.form(), methods));
    }

    /** Takes what the page posted. A proof is verified before anything else is looked up. */
    void answer(PostedForm posted) {
        Optional<String> id = open(signIn);
        if (id.isEmpty() || new SignInAge(context).isOverdue()) {
            show();
            return;
        }
        ChallengePage page = page(Approving.of(session, place, user, id.get()));
        Optional<Response> turned = page.turned(context.form(), posted);
        if (turned.isPresent()) {
            context.challenge(turned.get());
            return;
        }
        Verification answer = page.answer(posted);
        if (answer instanceof Verification.Verified) {
            signIn.removeAuthNote(NOTE);
            CarriedApproval.leaveIn(signIn, id.get());
            context.success();
        } else {
            show((again, methods) -> again.showAgain(context.form(), methods, posted, answer));
        }
    }

    private void show(Ask ask) {
        try {
            if (new Throttle(session).lockedUntil(realm, user.getId()).isPresent()) {
                context.challenge(
                        new ChallengePage(session, realm, signIn, user).show(context.form(), Set.of(Method.TOTP)));
                return;
            }
            ActionRequest request = KeptRequest.in(signIn);
            Action action = ActionCheck.action(session, realm, request);
            Optional<Response> again = new SignInAge(context).tooOld(action);
            context.challenge(again.orElseGet(() -> page(request, action, ask)));
        } catch (InvalidActionRequest invalid) {
            context.challenge(ReturnToApplication.with(
                    session, realm, signIn, OAuthErrorException.INVALID_REQUEST, invalid.description()));
        }
    }

    private Response page(ActionRequest request, Action action, Ask ask) {
        Set<Method> proofs = approvals.proofs(place, user, action);
        if (proofs.isEmpty() || isImpersonated()) {
            return context.form().createForm("mfa-approve-refused.ftl");
        }
        Requested requested = requested(request, action, proofs);
        signIn.setAuthNote(NOTE, requested.id());
        Set<Method> methods = EnumSet.copyOf(proofs);
        methods.retainAll(requested.approval().challenge().methods());
        if (methods.isEmpty()) {
            return context.form().createForm("mfa-approve-refused.ftl");
        }
        return ask.of(page(Approving.of(requested)), methods);
    }

    /** Nobody approves in another one's name. */
    private boolean isImpersonated() {
        return Optional.ofNullable(session.sessions().getUserSession(realm, place.sessionId()))
                .filter(SessionBinding::isImpersonated)
                .isPresent();
    }

    /** The one that is open already, or another: a key's wrong answer uses it up, and another tab may have taken its place. */
    private Requested requested(ActionRequest request, Action action, Set<Method> methods) {
        Optional<Requested> open = open(signIn).flatMap(id -> approvals.pending(place, user, id));
        if (open.isPresent()) {
            return open.get();
        }
        return request.challenge()
                .map(id -> approvals
                        .pending(place, user, id)
                        .filter(found -> found.approval().clientId().equals(place.clientId())
                                && found.approval().actionType().equals(action.type()))
                        .orElseThrow(
                                () -> new InvalidActionRequest(ActionRequest.CHALLENGE + " names no open challenge")))
                .orElseGet(() -> approvals.open(
                        place,
                        user,
                        approvals.propose(place, user, action, ActionCheck.details(action, request), methods)));
    }

    private ChallengePage page(Approving approving) {
        return new ChallengePage(session, realm, signIn, user).about(approving);
    }

    /** Shows the page, for the first time or again. */
    private interface Ask {
        Response of(ChallengePage page, Set<Method> methods);
    }
}
