package io.sallyport.resource;

import java.util.function.Function;

/** What came of a check. */
public sealed interface Outcome {

    /** The approval is spent; the action may run. */
    record Approved(Approval approval) implements Outcome {}

    /** The action must not run. */
    record Refused(Refusal refusal) implements Outcome {}

    /** One of the two. */
    default <T> T match(Function<Approval, T> approved, Function<Refusal, T> refused) {
        return this instanceof Approved yes
                ? approved.apply(yes.approval())
                : refused.apply(((Refused) this).refusal());
    }
}
