package io.sallyport.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Cuts what it reads into blocks of whole lines. */
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
     * The next block; empty after the last.
     *
     * @throws Unreadable if one is too long to be a row
     */
    Optional<Block> next() throws IOException {
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
        return end == 0 ? Optional.empty() : Optional.of(new Block(block, end));
    }

    private static int lastIndexOfNewline(byte[] block) {
        int at = block.length - 1;
        while (at >= 0 && block[at] != '\n') {
            at--;
        }
        return at;
    }
}
