package io.sallyport.policy.store;

/** There is no rule of this id in the realm. */
public final class NoSuchRule extends RuntimeException {

    NoSuchRule(String id) {
        super("there is no rule " + id);
    }
}
