package io.sallyport.factor;

import java.util.Set;

/** Which texts may be the name of a factor: a line that people can read and tell from another one. */
final class LabelText {

    private static final int MAX_LENGTH = 64;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** Letters and symbols by their category, and nothing to be seen: fillers of Hangul, vowels of Khmer, the blank of Braille. */
    private static final Set<Integer> FILLERS = Set.of(0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5, 0x2800, 0x034F);

    private LabelText() {}

    /** Whether a factor may be called so; nothing is no name, and fine. */
    static boolean isFine(String label) {
        return label.length() <= MAX_LENGTH
                && label.codePoints().allMatch(LabelText::isPlain)
                && (label.isEmpty() || label.codePoints().anyMatch(LabelText::isSeen));
    }

    /**
     * Not plain: what starts a line, drives a terminal, turns the reading direction, can't be seen, or is half a character.
     * Joiners are plain: scripts and pictures are written with them.
     */
    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
            default -> !FILLERS.contains(point);
        };
    }

    /** Not seen by itself: blanks, joiners, and marks, which change how another character looks. */
    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.SPACE_SEPARATOR,
                    Character.FORMAT,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            default -> true;
        };
    }
}
