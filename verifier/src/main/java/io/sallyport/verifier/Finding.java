package io.sallyport.verifier;

import java.util.Optional;

/**
 * What is wrong with a trail, or with what it was handed out in.
 *
 * @param where the first bad row, or the first row that may be bad; or a file
 */
record Finding(String where, String what) {

    /** At this row. */
    static Finding at(long position, String what) {
        return at(position, Optional.empty(), what);
    }

    /** At this row, which is of this event. */
    static Finding at(long position, Optional<String> eventId, String what) {
        return new Finding(
                "row " + position + eventId.map(id -> " (event " + id + ")").orElse(""), what);
    }

    /** In this file. */
    static Finding in(String file, String what) {
        return new Finding(file, what);
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
