package io.sallyport.gate;

import io.sallyport.form.GracePage;
import io.sallyport.form.PostedForm;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.verify.Assessment;
import io.sallyport.verify.Deferral;
import io.sallyport.verify.GraceLeft;
import io.sallyport.verify.Visit;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The gate's offer to put off enrolling, in a sign-in in which the user has not yet chosen to enroll. */
final class GraceStep {

    private static final String ENROLLS = "sallyport.enrolls-now";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel signIn;

    GraceStep(RequiredActionContext context) {
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /** What is left of the grace; empty if he enrolls now. */
    Optional<GraceLeft> offer(PolicyDecision.Enroll enroll) {
        return signIn.getAuthNote(ENROLLS) == null ? deferral(enroll).offer() : Optional.empty();
    }

    Optional<Response> page(PolicyDecision.Enroll enroll) {
        return offer(enroll)
                .map(left -> GracePage.show(
                        context.form(), context.getSession().getContext().resolveLocale(context.getUser()), left));
    }

    /** Does what the user chose, as far as it is still his to choose. */
    void choose(PostedForm posted, Assessment assessment) {
        Optional<GracePage.Choice> choice = GracePage.choice(posted);
        if (choice.isEmpty()
                || assessment.passes()
                || !(assessment.decision() instanceof PolicyDecision.Enroll enroll)) {
            return;
        }
        if (choice.get() == GracePage.Choice.NOW || !deferral(enroll).take(signIn)) {
            signIn.setAuthNote(ENROLLS, "true");
        }
    }

    private Deferral deferral(PolicyDecision.Enroll enroll) {
        return new Deferral(
                context.getSession(),
                context.getRealm(),
                Visit.of(context.getSession(), signIn, context.getUser()),
                enroll);
    }
}
