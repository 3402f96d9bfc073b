package io.sallyport.factor.recovery;

import io.sallyport.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One recovery code: 24 letters and digits, 120 bits, in groups of four. The alphabet is Crockford's, without I, L, O
 * and U, so that a code survives handwriting.
 */
public final class RecoveryCode {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 24;
    private static final int GROUP = 4;
    private static final Pattern NORMAL_FORM = Pattern.compile("[0-9A-HJKMNP-TV-Z]{24}");

    private final String normalForm;

    private RecoveryCode(String normalForm) {
        this.normalForm = normalForm;
    }

    /** A new code. */
    static RecoveryCode generate(SecureRandom random) {
        StringBuilder letters = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new RecoveryCode(letters.toString());
    }

    /** The code that somebody typed, in any case, with or without dashes and blanks; empty if it is none. */
    static Optional<RecoveryCode> parse(String typed) {
        if (typed.length() > 2 * LENGTH || !typed.chars().allMatch(letter -> letter < 0x80)) {
            return Optional.empty(); // upper case would turn other letters into ours
        }
        String normal = typed.replaceAll("[ -]", "").toUpperCase(Locale.ROOT);
        return NORMAL_FORM.matcher(normal).matches() ? Optional.of(new RecoveryCode(normal)) : Optional.empty();
    }

    /** As people read it: groups of four with dashes. */
    public String grouped() {
        return normalForm.replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
    }

    /** The salted hash to store: 120 random bits need no slow one. */
    byte[] hash(SecretBytes salt) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt.toBytes());
            return sha256.digest(normalForm.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
