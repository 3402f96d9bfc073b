package io.sallyport.policy.rules;

import io.sallyport.policy.Decisions;
import io.sallyport.policy.Grace;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.SignInFacts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The outcome of the rules, before it is known what the user has enrolled. */
public sealed interface Resolution {

    /** The deciding rules, or why there are none; never empty. */
    List<Reason> reasons();

    /** Every rule that was looked at. */
    Trace trace();

    /** What it comes to for somebody with these factors. */
    default PolicyDecision decision(SignInFacts facts) {
        return this.<PolicyDecision>match(
                none -> new PolicyDecision.Skip(none.reasons()),
                required -> Decisions.of(required.requirement(), required.grace(), facts, required.reasons()),
                impossible -> new PolicyDecision.Deny(impossible.reasons()));
    }

    /** One case each. */
    default <T> T match(
            Function<NotRequired, T> notRequired, Function<Required, T> required, Function<Impossible, T> impossible) {
        if (this instanceof NotRequired answer) {
            return notRequired.apply(answer);
        }
        if (this instanceof Required answer) {
            return required.apply(answer);
        }
        return impossible.apply((Impossible) this);
    }

    /** No rule asks for MFA. */
    record NotRequired(List<Reason> reasons, Trace trace) implements Resolution {}

    /** MFA is required; grace is what all the rules together leave of it. */
    record Required(Requirement requirement, Optional<Grace> grace, List<Reason> reasons, Trace trace)
            implements Resolution {}

    /** The rules that matched leave no method: nobody could pass. */
    record Impossible(List<Reason> reasons, Trace trace) implements Resolution {}
}
