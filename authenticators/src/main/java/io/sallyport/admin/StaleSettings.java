package io.sallyport.admin;

import java.util.List;

/** Settings are not what their reader saw: somebody else was quicker. */
final class StaleSettings extends RuntimeException {

    private final List<String> problems;

    StaleSettings(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each setting with what it is now, and who made it so. */
    List<String> problems() {
        return problems;
    }
}
