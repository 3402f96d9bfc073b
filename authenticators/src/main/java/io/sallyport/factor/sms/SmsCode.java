package io.sallyport.factor.sms;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/** A one-time code of six digits; it never prints itself. */
public final class SmsCode {

    private static final int BOUND = 1_000_000;
    private static final Pattern SIX_DIGITS = Pattern.compile("[0-9]{6}");

    private final String digits;

    private SmsCode(String digits) {
        this.digits = digits;
    }

    /** A new code, each with the same chance, leading zeros kept. */
    public static SmsCode generate(SecureRandom random) {
        return new SmsCode(String.format(Locale.ROOT, "%06d", random.nextInt(BOUND)));
    }

    /** Whether the text looks like a code. */
    public static boolean wellFormed(String text) {
        return SIX_DIGITS.matcher(text).matches();
    }

    String digits() {
        return digits;
    }

    @Override
    public String toString() {
        return "***";
    }
}
