package io.sallyport.factor;

import io.sallyport.factor.webauthn.Bytes;
import java.nio.charset.StandardCharsets;
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

    /** Of an approval it is the hash of what is approved, in which the challenge's own random id stands. */
    static Bytes of(Challenge challenge) {
        return challenge
                .hash()
                .map(KeyChallenge::ofHash)
                .orElseGet(() -> Bytes.of(Base64.getUrlDecoder().decode(challenge.kept())));
    }

    static Bytes ofHash(String hash) {
        return Bytes.of(("sallyport approval " + hash).getBytes(StandardCharsets.US_ASCII))
                .sha256();
    }
}
