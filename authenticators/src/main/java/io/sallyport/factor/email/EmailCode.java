package io.sallyport.factor.email;

import io.sallyport.crypto.KeyedHash;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A one-time code of eight digits, which proves that somebody reads a mailbox; it never prints itself. Two digits more than
 * a text message has: nothing suspends a mailbox after many failures.
 */
public final class EmailCode {

    private static final String USE = "email code";
    private static final int BOUND = 100_000_000;
    private static final Pattern EIGHT_DIGITS = Pattern.compile("[0-9]{8}");

    private final String digits;

    private EmailCode(String digits) {
        this.digits = digits;
    }

    /** A new code, each with the same chance, leading zeros kept. */
    public static EmailCode generate(SecureRandom random) {
        return new EmailCode(String.format(Locale.ROOT, "%08d", random.nextInt(BOUND)));
    }

    /** Whether the text looks like a code. */
    public static boolean wellFormed(String text) {
        return EIGHT_DIGITS.matcher(text).matches();
    }

    /** Whether the answer is the code of this hash, sent to this address for this challenge. */
    public static boolean matches(KeyedHash keyed, String hash, String challengeId, String address, String answer) {
        return keyed.matches(hash, USE, challengeId, address, answer);
    }

    /** What is kept of it: worth something for this challenge and this address only. */
    public String hash(KeyedHash keyed, String challengeId, String address) {
        return keyed.of(USE, challengeId, address, digits);
    }

    /** For the mail, and nothing else. */
    public String digits() {
        return digits;
    }

    @Override
    public String toString() {
        return "***";
    }
}
