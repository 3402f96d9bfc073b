package io.sallyport.verifier;

import java.util.Optional;

/**
 * What is wrong with a trail.
 *
 * @param position of the first bad row, or of the first row that may be bad
 * @param eventId of that row, where there is one
 */
record Finding(long position, Optional<String> eventId, String what) {

    static Finding at(long position, String what) {
        return new Finding(position, Optional.empty(), what);
    }

    @Override
    public String toString() {
        return "row " + position + eventId.map(id -> " (event " + id + ")").orElse("") + ": " + what;
    }
}
