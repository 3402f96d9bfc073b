package io.sallyport.factor.sms;

import java.util.Optional;
import java.util.regex.Pattern;

/** A phone number in the form of ITU-T E.164. It prints itself masked; only a sender of messages sees it whole. */
public final class PhoneNumber {

    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final int SHOWN = 2;
    private static final int SUBSCRIBER = 4;

    private final String e164;

    private PhoneNumber(String e164) {
        this.e164 = e164;
    }

    /** The number of this text, which was checked before it was stored. */
    public static PhoneNumber ofE164(String text) {
        if (!E164.matcher(text).matches()) {
            throw new IllegalArgumentException("a phone number is not in the form of E.164");
        }
        return new PhoneNumber(text);
    }

    /** The number of this text; empty if it is none. */
    static Optional<PhoneNumber> parse(String text) {
        return E164.matcher(text).matches() ? Optional.of(new PhoneNumber(text)) : Optional.empty();
    }

    /** The whole number. */
    public String e164() {
        return e164;
    }

    /** The range that it is one of ten thousand of. */
    String prefix() {
        return e164.substring(0, e164.length() - SUBSCRIBER);
    }

    /** As everybody but a sender may see it. */
    public String masked() {
        return "••••••" + e164.substring(e164.length() - SHOWN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PhoneNumber number && e164.equals(number.e164);
    }

    @Override
    public int hashCode() {
        return e164.hashCode();
    }

    @Override
    public String toString() {
        return masked();
    }
}
