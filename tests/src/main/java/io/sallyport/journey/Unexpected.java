package io.sallyport.journey;

/** The server answered something else than the journey wanted; the message says what was found and what was wanted. */
public final class Unexpected extends RuntimeException {

    public Unexpected(String where, Object found, Object wanted) {
        super(where + ": found " + found + ", wanted " + wanted);
    }
}
