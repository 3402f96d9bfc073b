package io.sallyport.audit.seal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** The fields of a row, as the UTF-8 that is hashed, wherever that stands. */
public interface Fields {

    /** Hands the field of this name over; nothing if it is absent. */
    void give(String name, Taker to);

    /** Who takes some bytes out of others, at once. */
    interface Taker {

        void take(byte[] utf8, int from, int length);
    }

    /** Of texts by their names. */
    static Fields of(Function<String, Optional<String>> row) {
        return (name, to) -> row.apply(name).ifPresent(text -> {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            to.take(utf8, 0, utf8.length);
        });
    }
}
