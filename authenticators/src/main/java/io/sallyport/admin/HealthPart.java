package io.sallyport.admin;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What was found about one part of the pack.
 *
 * @param part its name, which never changes
 * @param words what an administrator should know, or do
 * @param about the names or numbers that the words speak of
 */
record HealthPart(String part, State state, String words, List<String> about) {

    /** From what needs nobody to what keeps people out or is not safe. */
    enum State {
        OK,
        WARNING,
        BROKEN
    }

    static HealthPart ok(String part, String words, String... about) {
        return new HealthPart(part, State.OK, words, List.of(about));
    }

    /** Sound where nothing is wrong, and otherwise in a state, with what is wrong. */
    static HealthPart unless(List<String> wrong, String part, State otherwise, String sound, String words) {
        return wrong.isEmpty() ? ok(part, sound) : new HealthPart(part, otherwise, words, wrong);
    }

    /** The worst state of all of them. */
    static State worst(List<HealthPart> parts) {
        return parts.stream()
                .map(HealthPart::state)
                .max(Comparator.naturalOrder())
                .orElse(State.OK);
    }

    Map<String, Object> json() {
        return Map.of("part", part, "state", state.name(), "words", words, "about", about);
    }
}
