package io.sallyport.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A random code that people copy by hand, five bits a letter; it never prints itself. The alphabet is Crockford's, without
 * I, L, O and U, so that a code survives handwriting.
 */
public final class PaperCode {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern NORMAL_FORM = Pattern.compile("[0-9A-HJKMNP-TV-Z]+");

    private final String normalForm;

    private PaperCode(String normalForm) {
        this.normalForm = normalForm;
    }

    /** A new code of so many letters. */
    public static PaperCode generate(int length, SecureRandom random) {
        StringBuilder letters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new PaperCode(letters.toString());
    }

    /** The code that somebody typed, in any case, with or without dashes and blanks; empty if it is none of this length. */
    public static Optional<PaperCode> parse(int length, String typed) {
        if (typed.length() > 2 * length || !typed.chars().allMatch(letter -> letter < 0x80)) {
            return Optional.empty(); // upper case would turn other letters into ours
        }
        String normal = typed.replaceAll("[ -]", "").toUpperCase(Locale.ROOT);
        return normal.length() == length && NORMAL_FORM.matcher(normal).matches()
                ? Optional.of(new PaperCode(normal))
                : Optional.empty();
    }

    /** As people read it: groups of four with dashes. */
    public String grouped() {
        return normalForm.replaceAll("(.{4})(?=.)", "$1-");
    }

    byte[] bytes() {
        return normalForm.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "***";
    }
}
