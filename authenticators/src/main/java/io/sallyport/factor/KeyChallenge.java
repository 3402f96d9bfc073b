package io.sallyport.factor;

import io.sallyport.crypto.KeyedHash;
import io.sallyport.factor.webauthn.Bytes;
import io.sallyport.factor.webauthn.ChallengeHash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an authenticator signs. Its hash is kept, and nothing that it could be read from without the server's key; with the key
 * it is made again where the same question is told again.
 */
final class KeyChallenge {

    /** WebAuthn §13.4.3 asks for at least so many. */
    private static final int LEAST = 16;

    private static final int LENGTH = 32;
    private static final String USE = "webauthn challenge";
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyChallenge() {}

    /** Of a new challenge with this random id; where the server has no key, nobody can be told it again. */
    static Bytes of(String challengeId) {
        return derived(challengeId).findFirst().orElseGet(KeyChallenge::random);
    }

    /** Of an approval it is the hash of what is approved, in which the challenge's own random id stands. */
    static Bytes ofHash(String hash) {
        return Bytes.of(("sallyport approval " + hash).getBytes(StandardCharsets.US_ASCII))
                .sha256();
    }

    /** What the answer is held against; empty if that can't be told, and then no answer is right. */
    static Optional<ChallengeHash> posed(Challenge challenge) {
        return known(challenge).map(ChallengeHash::of).or(() -> ChallengeHash.parse(challenge.kept()));
    }

    /** The same one as was posed; empty if nobody knows it any more. */
    static Optional<Bytes> again(Challenge challenge) {
        return known(challenge)
                .or(() -> ChallengeHash.parse(challenge.kept())
                        .flatMap(posed ->
                                derived(challenge.id()).filter(posed::isOf).findFirst()));
    }

    private static Optional<Bytes> known(Challenge challenge) {
        return challenge.hash().map(KeyChallenge::ofHash).or(() -> readable(challenge.kept()));
    }

    /** A node of the version before kept the challenge itself. */
    private static Optional<Bytes> readable(String kept) {
        try {
            return Optional.of(Bytes.of(Base64.getUrlDecoder().decode(kept)))
                    .filter(bytes -> bytes.length() >= LEAST && bytes.length() <= LENGTH);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** By each of the server's keys: the current one may have changed since it was posed. */
    private static Stream<Bytes> derived(String challengeId) {
        return KeyedHash.configured().derived(USE, challengeId).stream().map(Bytes::of);
    }

    private static Bytes random() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
