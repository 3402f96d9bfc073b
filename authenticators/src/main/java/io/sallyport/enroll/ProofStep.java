package io.sallyport.enroll;

import io.sallyport.form.ChallengePage;
import io.sallyport.form.PostedForm;
import io.sallyport.policy.Method;
import io.sallyport.verify.Verification;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.keycloak.authentication.RequiredActionContext;

/** The step that asks for a proof before anything of an account's factors changes. */
final class ProofStep {

    private final RequiredActionContext context;
    private final ChallengePage page;

    ProofStep(RequiredActionContext context) {
        this.context = context;
        this.page = new ChallengePage(
                context.getSession(), context.getRealm(), context.getAuthenticationSession(), context.getUser());
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
