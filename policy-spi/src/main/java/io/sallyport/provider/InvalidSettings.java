package io.sallyport.provider;

import java.util.List;

/** Settings were refused; nothing was changed. */
public final class InvalidSettings extends IllegalArgumentException {

    private final transient List<String> problems;

    InvalidSettings(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, each naming the setting, what was found and what is wanted. */
    public List<String> problems() {
        return problems;
    }
}
