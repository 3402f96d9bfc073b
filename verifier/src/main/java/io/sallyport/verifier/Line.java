package io.sallyport.verifier;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** One line of a file, without its end. It is a part of many bytes, which nobody changes. */
final class Line {

    private final byte[] bytes;
    private final int from;
    private final int to;

    /** Requires 0 <= from <= to <= bytes.length. */
    Line(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where it begins. */
    int from() {
        return from;
    }

    /** Where it ends, exclusive. */
    int to() {
        return to;
    }

    /**
     * As text.
     *
     * @throws Unreadable if it is no UTF-8
     */
    String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new Unreadable("no UTF-8");
        }
    }
}
