package io.sallyport.policy.store;

/** An administrator tried to make, change or delete a rule about himself; nothing was changed. */
public final class ActsOnOneself extends RuntimeException {

    ActsOnOneself() {
        super("a rule about oneself is made, changed and deleted by somebody else");
    }
}
