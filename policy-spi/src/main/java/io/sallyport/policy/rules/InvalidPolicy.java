package io.sallyport.policy.rules;

import java.util.List;

/** A policy document was refused; nothing was changed. */
public final class InvalidPolicy extends IllegalArgumentException {

    private final transient List<String> problems;

    /** The refusal with these problems, each with the path of the field. */
    public InvalidPolicy(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, each with the path of the field. */
    public List<String> problems() {
        return problems;
    }
}
