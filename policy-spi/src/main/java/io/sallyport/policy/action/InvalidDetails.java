package io.sallyport.policy.action;

import java.util.List;

/** Details that nobody can approve. */
public final class InvalidDetails extends IllegalArgumentException {

    private final transient List<String> problems;

    InvalidDetails(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, each with its field. */
    public List<String> problems() {
        return problems;
    }
}
