package io.sallyport.crypto;

/** No key, or not the key that a secret was sealed with; what needs the secret is refused. */
public final class KeyUnavailable extends RuntimeException {

    KeyUnavailable(String message) {
        super(message);
    }
}
