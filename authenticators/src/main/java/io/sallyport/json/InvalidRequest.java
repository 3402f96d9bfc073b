package io.sallyport.json;

import java.util.List;

/** A request was refused; nothing was changed. */
public final class InvalidRequest extends RuntimeException {

    private final transient List<String> problems;

    public InvalidRequest(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, each with the path of the field. */
    public List<String> problems() {
        return problems;
    }
}
