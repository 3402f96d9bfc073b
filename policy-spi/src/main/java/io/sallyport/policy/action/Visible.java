package io.sallyport.policy.action;

import java.util.Locale;

/** Makes everything in a text visible: what turns the writing direction, takes no space or looks like a plain blank. */
public final class Visible {

    private Visible() {}

    /** The text with the code point in place of each character that nobody sees. */
    public static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isPlain(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format(Locale.ROOT, "⟨U+%04X⟩", point));
            }
        });
        return shown.toString();
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
