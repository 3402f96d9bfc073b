package io.sallyport.verifier;

import java.util.ArrayList;
import java.util.List;

/** Whole lines, not cut yet: whoever understands them cuts them, and does so beside others. */
final class Block {

    private static final int LINES = 512;

    private final byte[] bytes;
    private final int end;

    /** Requires 0 <= end <= bytes.length, and that nobody changes the bytes. */
    Block(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>(LINES);
        int from = 0;
        for (int at = 0; at < end; at++) {
            if (bytes[at] == '\n') {
                lines.add(line(from, at));
                from = at + 1;
            }
        }
        if (from < end) {
            lines.add(line(from, end)); // the last one has no end
        }
        return lines;
    }

    private Line line(int from, int to) {
        return new Line(bytes, from, to > from && bytes[to - 1] == '\r' ? to - 1 : to);
    }
}
