package io.sallyport.policy.rules;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a document, each with its path. */
final class Problems {

    private static final int MOST = 10_000;

    private final List<String> found = new ArrayList<>();
    private int count;

    Problems add(String path, String problem) {
        if (count < MOST) {
            found.add(path + ": " + problem);
        }
        count++;
        return this;
    }

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    InvalidPolicy asException() {
        if (count > MOST) {
            found.add("$: has " + (count - MOST) + " more problems");
        }
        return new InvalidPolicy(found);
    }
}
