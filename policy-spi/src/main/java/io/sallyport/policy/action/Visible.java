package io.sallyport.policy.action;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Makes everything in a text visible: what turns the writing direction, takes no space or looks like a plain blank. */
public final class Visible {

    private static final String FIRST_STRONG_ISOLATE = "\u2068";
    private static final String POP_ISOLATE = "\u2069";

    private Visible() {}

    /** The text with the code point in place of each character that nobody sees. */
    public static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isPlain(point)) {
                shown.appendCodePoint(point);
            } else {
                append(shown, point);
            }
        });
        return shown.toString();
    }

    /** The text between quotation marks, those within it as code points: so nobody takes one text for two. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text(text).codePoints().forEach(point -> {
            if (isDoubleQuote(point)) {
                append(quoted, point);
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }

    /**
     * The parts of a sentence in a row. If any of it is written from right to left, each value stands by itself (Unicode
     * UAX #9, FSI and PDI), which no value can end: so none moves what stands beside it.
     */
    static String sentence(List<Part> parts) {
        boolean both = parts.stream().anyMatch(part -> isRightToLeft(part.text()));
        return parts.stream()
                .map(part -> both && part.value() ? FIRST_STRONG_ISOLATE + part.text() + POP_ISOLATE : part.text())
                .collect(Collectors.joining());
    }

    /**
     * A part of a sentence, every character of it visible.
     *
     * @param value whether it is a value, and not our own words
     */
    record Part(String text, boolean value) {}

    private static boolean isRightToLeft(String text) {
        return text.codePoints()
                .map(Character::getDirectionality)
                .anyMatch(direction -> direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                        || direction == Character.DIRECTIONALITY_ARABIC_NUMBER);
    }

    /** What looks like the end of a quotation, or its beginning. */
    private static boolean isDoubleQuote(int point) {
        return switch (point) {
            case '"',
                    0x02BA,
                    0x02EE,
                    0x05F4,
                    0x201C,
                    0x201D,
                    0x201E,
                    0x201F,
                    0x2033,
                    0x2036,
                    0x3003,
                    0x301D,
                    0x301E,
                    0x301F,
                    0xFF02 -> true;
            default -> false;
        };
    }

    private static void append(StringBuilder shown, int point) {
        shown.append(String.format(Locale.ROOT, "⟨U+%04X⟩", point));
    }

    /** Unicode §4.5: letters, marks, numbers, punctuation, symbols and the plain blank; nothing else. */
    private static boolean isPlain(int point) {
        if (point == ' ') {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> !isBlankLetter(point) && !isVariation(point);
        };
    }

    /** Letters and marks without a shape: U+034F, U+115F, U+1160, U+17B4, U+17B5, U+2800, U+3164, U+FFA0. */
    private static boolean isBlankLetter(int point) {
        return switch (point) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> false;
        };
    }

    /** Unicode §23.4: they change how the character before them looks, or nothing. */
    private static boolean isVariation(int point) {
        return (point >= 0xFE00 && point <= 0xFE0F)
                || (point >= 0xE0100 && point <= 0xE01EF)
                || (point >= 0x180B && point <= 0x180F);
    }
}
