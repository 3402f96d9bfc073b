package io.sallyport.factor.pass;

import io.sallyport.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** One temporary access pass: 28 letters and digits of Crockford's alphabet, 140 bits, in groups of four. */
public final class PassCode {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 28;
    private static final Pattern NORMAL_FORM = Pattern.compile("[0-9A-HJKMNP-TV-Z]{28}");

    private final String normalForm;

    private PassCode(String normalForm) {
        this.normalForm = normalForm;
    }

    /** A new pass. */
    static PassCode generate(SecureRandom random) {
        StringBuilder letters = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new PassCode(letters.toString());
    }

    /** The pass that somebody typed, in any case, with or without dashes and blanks; empty if it is none. */
    public static Optional<PassCode> parse(String typed) {
        if (typed.length() > 2 * LENGTH || !typed.chars().allMatch(letter -> letter < 0x80)) {
            return Optional.empty(); // upper case would turn other letters into ours
        }
        String normal = typed.replaceAll("[ -]", "").toUpperCase(Locale.ROOT);
        return NORMAL_FORM.matcher(normal).matches() ? Optional.of(new PassCode(normal)) : Optional.empty();
    }

    /** As people read it: groups of four with dashes. */
    public String grouped() {
        return normalForm.replaceAll("(.{4})(?=.)", "$1-");
    }

    /** The salted hash to store: 140 random bits need no slow one. */
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
