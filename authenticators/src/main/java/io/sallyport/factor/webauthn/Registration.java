package io.sallyport.factor.webauthn;

import java.util.function.Predicate;

/**
 * The registration of a key, WebAuthn Level 2 §7.1.
 *
 * @param party who we are
 * @param policy what the realm asks of a key
 * @param trust whose statements about keys are believed
 * @param known whether a credential id belongs to somebody already
 */
public record Registration(RelyingParty party, KeyPolicy policy, AttestationTrust trust, Predicate<Bytes> known) {

    /** Whether the text is an answer at all; whether it holds is another question. */
    public static boolean isWellFormed(String text) {
        return Outcome.of(() -> AttestationAnswer.parse(text)).passed().isPresent();
    }

    /** Holds the answer, in JSON, against the challenge that it was asked for: every step from 3 to 24. */
    public Outcome<NewKey> finish(String answer, ChallengeHash posed) {
        return Outcome.of(() -> new RegistrationSteps.Step3(this, posed, answer).run());
    }
}
