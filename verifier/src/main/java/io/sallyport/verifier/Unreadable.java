package io.sallyport.verifier;

/** What was given is not what the verifier reads, so it can't tell anything. */
final class Unreadable extends RuntimeException {

    Unreadable(String message) {
        super(message);
    }
}
