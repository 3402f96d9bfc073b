package io.sallyport.journey;

/**
 * A password with a code, sent to one of the nodes.
 *
 * @param correlation the id that its rows in the trail have
 * @param step of the code; {@link #WRONG} if it was the code of none
 * @param answer what the client saw of it
 */
record Attempt(String correlation, Member member, long step, Answer answer) {

    static final long WRONG = -1;

    /** What a client can tell. */
    enum Answer {
        GRANTED,
        REFUSED,
        /** A broken connection, or a server that could not do its part: it may or may not have had its effect. */
        UNKNOWN
    }
}
