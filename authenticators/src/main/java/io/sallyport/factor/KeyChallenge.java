package io.sallyport.factor;

import io.sallyport.factor.webauthn.Bytes;
import java.security.SecureRandom;
import java.util.Base64;

/** What an authenticator signs: random bytes, kept with the challenge as text. */
final class KeyChallenge {

    /** WebAuthn §13.4.3 asks for at least 16. */
    private static final int LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyChallenge() {}

    static Bytes random() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    static Bytes of(String kept) {
        return Bytes.of(Base64.getUrlDecoder().decode(kept));
    }
}
