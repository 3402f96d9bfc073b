package io.sallyport.factor.sms;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a message says. It ends with the line that binds the code to our host, so that browsers fill it in there and
 * nowhere else.
 */
public final class SmsText {

    /** 3GPP TS 23.038 §6.2.1: the default alphabet and its extension; anything else makes the message UCS-2. */
    private static final String GSM_7 = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static final String GSM_7_EXTENDED = "^{}\\[~]|€";
    private static final int MAX_SEGMENTS = 2;

    private final String text;

    private SmsText(String text) {
        this.text = text;
    }

    /**
     * The text of a message.
     *
     * @param pattern the sentence: {0} is the code, {1} how long it is valid, {2} what is approved
     * @param host our host; absent if it is not known for certain
     * @param details what is approved; shown whole or not at all
     * @throws IllegalArgumentException if it needs more than two segments
     */
    public static SmsText of(
            String pattern,
            Locale locale,
            SmsCode code,
            Duration validity,
            Optional<String> host,
            Optional<String> details) {
        SmsText text = composed(pattern, locale, code, validity, host, details);
        if (text.segments() > MAX_SEGMENTS) {
            throw new IllegalArgumentException(
                    "a message has " + text.segments() + " segments, want at most " + MAX_SEGMENTS);
        }
        return text;
    }

    /** The same; empty if it needs more than two segments. */
    public static Optional<SmsText> fitting(
            String pattern,
            Locale locale,
            SmsCode code,
            Duration validity,
            Optional<String> host,
            Optional<String> details) {
        return Optional.of(composed(pattern, locale, code, validity, host, details))
                .filter(text -> text.segments() <= MAX_SEGMENTS);
    }

    private static SmsText composed(
            String pattern,
            Locale locale,
            SmsCode code,
            Duration validity,
            Optional<String> host,
            Optional<String> details) {
        String sentence = new MessageFormat(pattern, locale)
                .format(new Object[] {code.digits(), shown(validity), visible(details.orElse(""))});
        // https://wicg.github.io/sms-one-time-codes/: the last line, "@host #code"
        return new SmsText(sentence
                + host.map(name -> "\n\n@" + name + " #" + code.digits()).orElse(""));
    }

    /** The text of a message without a code. */
    public static SmsText telling(String text) {
        return new SmsText(text);
    }

    /** In how many parts it travels. */
    int segments() {
        boolean gsm7 = text.chars().allMatch(letter -> GSM_7.indexOf(letter) >= 0 || isExtended(letter));
        if (!gsm7) {
            return segments(text.length(), 70, 67);
        }
        long septets = text.length() + text.chars().filter(SmsText::isExtended).count();
        return segments(septets, 160, 153);
    }

    private static boolean isExtended(int letter) {
        return GSM_7_EXTENDED.indexOf(letter) >= 0;
    }

    /** 3GPP TS 23.040 §9.2.3.24.1: each part of several gives room to a header. */
    private static int segments(long length, int alone, int each) {
        return length <= alone ? 1 : Math.toIntExact((length + each - 1) / each);
    }

    private static String shown(Duration validity) {
        return validity.toSecondsPart() == 0 ? validity.toMinutes() + " min" : validity.toSeconds() + " s";
    }

    /** Letters that nobody sees, such as those that turn the direction of text, become visible ones. */
    private static String visible(String details) {
        return details.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    /** The whole text, for a sender. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
