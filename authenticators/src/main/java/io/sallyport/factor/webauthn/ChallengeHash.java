package io.sallyport.factor.webauthn;

import java.util.Optional;

/**
 * A challenge that was posed, known by its hash: whoever reads what the server keeps does not learn what browsers are asked to
 * sign, and the answer brings the challenge itself.
 *
 * @param sha256 of the challenge
 */
public record ChallengeHash(Bytes sha256) {

    /** Letters of base64url: a node of the version before takes the whole for a challenge that nobody answers, and says no. */
    private static final String PREFIX = "sha256-";

    private static final int LENGTH = 32;

    /** Of this challenge. */
    public static ChallengeHash of(Bytes challenge) {
        return new ChallengeHash(challenge.sha256());
    }

    /** As {@link #text} wrote it; empty for another text. */
    public static Optional<ChallengeHash> parse(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Bytes.ofBase64Url(text.substring(PREFIX.length()), "a kept hash"))
                    .filter(hash -> hash.length() == LENGTH)
                    .map(ChallengeHash::new);
        } catch (Refused notBase64) {
            return Optional.empty();
        }
    }

    /** As it is kept. */
    public String text() {
        return PREFIX + sha256.base64Url();
    }

    /** Whether it is of this challenge; in constant time. */
    public boolean isOf(Bytes challenge) {
        return sha256.equals(challenge.sha256());
    }
}
