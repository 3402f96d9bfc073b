package io.sallyport.factor.sms;

import io.sallyport.crypto.KeyedHash;

/**
 * What a code is worth: one challenge, one number, one purpose. Only its keyed hash is kept.
 *
 * @param challengeId the challenge
 * @param number where the code went
 * @param purpose what it proves
 */
public record SentCode(String challengeId, PhoneNumber number, String purpose) {

    private static final String USE = "sms code";

    /** The hash to keep. */
    public String hash(KeyedHash keyed, SmsCode code) {
        return keyed.of(USE, challengeId, number.e164(), purpose, code.digits());
    }

    /** Whether the answer is the code of the hash. */
    public boolean answeredBy(KeyedHash keyed, String hash, String answer) {
        return keyed.matches(hash, USE, challengeId, number.e164(), purpose, answer);
    }
}
