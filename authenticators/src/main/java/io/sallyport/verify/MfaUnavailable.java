package io.sallyport.verify;

/** We can't do our part at the moment, so the answer is "no". */
public final class MfaUnavailable extends RuntimeException {

    MfaUnavailable(String message) {
        super(message);
    }
}
