package io.sallyport.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Cuts what it reads into lines, some at a time. */
final class Blocks {

    private static final int SIZE = 256 * 1024;
    /** Far more than the longest row, and little enough to hold. */
    private static final int MAX_LINE = 4 * 1024 * 1024;

    private final InputStream input;
    private byte[] begun = {};

    Blocks(InputStream input) {
        this.input = input;
    }

    /**
     * The next lines; empty after the last.
     *
     * @throws Unreadable if one is too long to be a row
     */
    Optional<List<Line>> next() throws IOException {
        byte[] block = begun;
        int lastEnd;
        boolean more;
        do {
            int known = block.length;
            if (known > MAX_LINE) {
                throw new Unreadable("a line of more than " + MAX_LINE + " bytes");
            }
            block = Arrays.copyOf(block, known + SIZE);
            int read = input.readNBytes(block, known, SIZE);
            more = read == SIZE;
            block = more ? block : Arrays.copyOf(block, known + read);
            lastEnd = lastIndexOfNewline(block);
        } while (lastEnd < 0 && more);
        int end = more ? lastEnd + 1 : block.length;
        begun = Arrays.copyOfRange(block, end, block.length);
        return end == 0 ? Optional.empty() : Optional.of(lines(block, end));
    }

    private static List<Line> lines(byte[] block, int end) {
        List<Line> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < end; at++) {
            if (block[at] == '\n') {
                lines.add(line(block, from, at));
                from = at + 1;
            }
        }
        if (from < end) {
            lines.add(line(block, from, end)); // the last one has no end
        }
        return lines;
    }

    private static Line line(byte[] block, int from, int to) {
        return new Line(block, from, to > from && block[to - 1] == '\r' ? to - 1 : to);
    }

    private static int lastIndexOfNewline(byte[] block) {
        int at = block.length - 1;
        while (at >= 0 && block[at] != '\n') {
            at--;
        }
        return at;
    }
}
