package io.sallyport.gate;

import io.sallyport.form.Actions;
import io.sallyport.policy.Method;
import io.sallyport.verify.StepUp;
import io.sallyport.verify.Visit;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.authentication.RequiredActionContext;

/** The gate's part in a step-up: whoever may pass by the policy may still have to prove himself for the application. */
final class AskedProof {

    private final RequiredActionContext context;
    private final AskedAcr asked;
    private final StepUp stepUp;

    AskedProof(RequiredActionContext context) {
        this.context = context;
        this.asked = AskedAcr.in(context.getAuthenticationSession());
        this.stepUp = new StepUp(
                context.getSession(),
                context.getRealm(),
                Visit.of(context.getSession(), context.getAuthenticationSession(), context.getUser()));
    }

    /** The action that serves what is left to do; empty if nothing is. */
    Optional<String> action() {
        return switch (next()) {
            case NOTHING -> Optional.empty();
            case PROVE, UNMET -> Optional.of(MfaGateFactory.ID);
            case ENROLL -> Optional.of(Actions.ENROLL);
        };
    }

    /** The gate's own answer, if it has one: the page that asks for one of the methods, or the end. */
    Optional<Response> page(Function<Set<Method>, Response> ask) {
        return switch (next()) {
            case NOTHING, ENROLL -> Optional.empty();
            case PROVE -> Optional.of(ask.apply(stepUp.ways()));
            case UNMET -> Optional.of(UnmetAcr.answer(context));
        };
    }

    /** A wish that can't be met is none: the token tells. */
    private StepUp.Next next() {
        StepUp.Next next = asked.wanted() ? stepUp.next() : StepUp.Next.NOTHING;
        return next == StepUp.Next.UNMET && !asked.essential() ? StepUp.Next.NOTHING : next;
    }
}
