package io.sallyport.policy.store;

/** A stored rule or action can't be read; whatever depends on it is answered as if MFA were required. */
public final class UnreadableRule extends RuntimeException {

    private final String id;

    UnreadableRule(String id, Exception cause) {
        super("policy entry " + id + " can't be read: " + cause.getMessage(), cause);
        this.id = id;
    }

    /** Id of the rule, or type of the action. */
    public String id() {
        return id;
    }
}
