package io.sallyport.stepup;

/** An authorization request whose action nobody can approve; its message is for the application's developers. */
final class InvalidActionRequest extends IllegalArgumentException {

    InvalidActionRequest(String message) {
        super(message);
    }

    /** The message in the characters that {@code error_description} may have (RFC 6749 §4.1.2.1). */
    String description() {
        return String.valueOf(getMessage()).replaceAll("[^\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]", "?");
    }
}
