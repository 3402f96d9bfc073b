package io.sallyport.factor.webauthn;

import java.util.List;

/**
 * A sign-in with a key, WebAuthn Level 2 §7.2.
 *
 * @param party who we are
 * @param userVerification whether the authenticator must have checked its user
 * @param keys the keys of the user who was identified before; only these may answer
 * @param userHandle the user handle that his keys were made with
 */
public record Assertion(
        RelyingParty party, KeyPolicy.Preference userVerification, List<StoredKey> keys, Bytes userHandle) {

    public Assertion {
        keys = List.copyOf(keys);
    }

    /** Whether the text is an answer at all; whether it holds is another question. */
    public static boolean isWellFormed(String text) {
        return Outcome.of(() -> AssertionAnswer.parse(text)).passed().isPresent();
    }

    /** Holds the answer, in JSON, against the challenge that it was asked for. */
    public Outcome<Proof> finish(String answer, ChallengeHash posed) {
        return Outcome.of(() -> new AssertionSteps.Step5(this, posed, AssertionAnswer.parse(answer)).run());
    }
}
