package io.sallyport.policy.rules;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document, each with its path. */
final class Problems {

    private final List<String> found = new ArrayList<>();

    Problems add(String path, String problem) {
        found.add(path + ": " + problem);
        return this;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    InvalidPolicy asException() {
        return new InvalidPolicy(found);
    }
}
