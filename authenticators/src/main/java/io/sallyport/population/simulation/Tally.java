package io.sallyport.population.simulation;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts people by what they meet. */
final class Tally {

    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

    void add(Verdict verdict) {
        counts.merge(verdict, 1, Integer::sum);
    }

    int of(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    /** All four, also those that nobody meets. */
    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            map.put(verdict.text(), of(verdict));
        }
        return map;
    }
}
