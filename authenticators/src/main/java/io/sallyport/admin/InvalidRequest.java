package io.sallyport.admin;

import java.util.List;

/** A request was refused; nothing was changed. */
final class InvalidRequest extends RuntimeException {

    private final transient List<String> problems;

    InvalidRequest(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, each with the path of the field. */
    List<String> problems() {
        return problems;
    }
}
