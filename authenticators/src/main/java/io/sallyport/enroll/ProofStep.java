package io.sallyport.enroll;

import io.sallyport.form.ChallengePage;
import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.policy.Method;
import io.sallyport.verify.Verification;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.keycloak.authentication.RequiredActionContext;

/** The step that asks for a proof before anything of an account's factors changes. */
final class ProofStep {

    /** What the pages of a challenge post, and those of other steps do not. */
    private static final List<String> PROOFS = List.of("code", "credential", "choose", "send");

    private final RequiredActionContext context;
    private final ChallengePage page;

    ProofStep(RequiredActionContext context) {
        this.context = context;
        this.page = new ChallengePage(
                context.getSession(), context.getRealm(), context.getAuthenticationSession(), context.getUser());
    }

    /** Takes a step of an action that asks for proofs; what fails of ours refuses. */
    static void orRefuse(RequiredActionContext context, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException unavailable) {
            context.getSession().getTransactionManager().setRollbackOnly();
            context.challenge(RefusalPage.unavailable(context.form(), unavailable));
        }
    }

    /** Whether this was posted by a page that asked for a proof. */
    static boolean isAnswer(PostedForm posted) {
        return PROOFS.stream().anyMatch(posted::has);
    }

    /** Asks for one of these. */
    void show(Set<Method> proofs) {
        context.challenge(page.show(context.form(), proofs));
    }

    /**
     * Takes what was posted, before anything else is looked up.
     *
     * @param proofs what could be proved; asked once the answer is verified
     * @return whether it led on; if not, a page was shown
     */
    boolean answer(PostedForm posted, Supplier<Set<Method>> proofs) {
        Optional<Response> turned = page.turned(context.form(), posted);
        if (turned.isPresent()) {
            context.challenge(turned.get());
            return false;
        }
        Verification answer = page.answer(posted);
        if (answer instanceof Verification.Verified) {
            return true;
        }
        Set<Method> left = proofs.get();
        if (left.isEmpty()) {
            return true; // nothing to prove any more: what comes next decides again
        }
        context.challenge(page.showAgain(context.form(), left, posted, answer));
        return false;
    }
}
