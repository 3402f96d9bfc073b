package io.sallyport.policy.store;

/** A stored rule can't be read; whatever depends on it is answered as if MFA were required. */
public final class UnreadableRule extends RuntimeException {

    private final String id;

    UnreadableRule(String id, Exception cause) {
        super("policy rule " + id + " can't be read: " + cause.getMessage(), cause);
        this.id = id;
    }

    /** Id of the rule. */
    public String id() {
        return id;
    }
}
