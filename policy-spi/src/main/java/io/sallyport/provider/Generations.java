package io.sallyport.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One of something for each target that is called, one target after the other: what hangs at one of them is in nobody's way at the
 * next. How many may hang at once is bounded; with that many, another target shares the first one's.
 */
public final class Generations<T> {

    static final int MOST = 8;

    private final Supplier<T> fresh;
    private final Predicate<T> idle;
    private final Map<String, T> byTarget = new LinkedHashMap<>();

    /** @param idle whether nothing of it hangs, so that it may be forgotten */
    public Generations(Supplier<T> fresh, Predicate<T> idle) {
        this.fresh = fresh;
        this.idle = idle;
    }

    /** That of this target. */
    public synchronized T of(String target) {
        Optional<T> known = Optional.ofNullable(byTarget.get(target));
        if (known.isPresent()) {
            return known.get();
        }
        byTarget.values().removeIf(idle);
        if (byTarget.size() >= MOST) {
            return byTarget.values().iterator().next();
        }
        T next = fresh.get();
        byTarget.put(target, next);
        return next;
    }

    /** Those that are known still. */
    public synchronized List<T> all() {
        return new ArrayList<>(byTarget.values());
    }
}
