package io.sallyport.factor.totp;

import java.util.regex.Pattern;

/** What a one-time code looks like; anything else is refused before it is compared. */
public final class CodeText {

    private static final Pattern ASCII_DIGITS = Pattern.compile("[0-9]{6,8}");

    private CodeText() {}

    /** Whether the text is six to eight ASCII digits and nothing else. */
    public static boolean wellFormed(String text) {
        return text.length() <= 8 && ASCII_DIGITS.matcher(text).matches();
    }
}
