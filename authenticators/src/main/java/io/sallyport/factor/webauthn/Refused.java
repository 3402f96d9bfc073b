package io.sallyport.factor.webauthn;

/** A step found what it must not accept. The text is ours alone: it holds nothing that a client wrote. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    Refused(String why) {
        super(why, null, false, false);
    }

    /** Refuses unless the condition holds. */
    static void unless(boolean holds, String why) {
        if (!holds) {
            throw new Refused(why);
        }
    }
}
