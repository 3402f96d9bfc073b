package io.sallyport.population.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So many sign-ins.
 *
 * @param about that a rule is about
 * @param asked in which it would have asked for a proof
 * @param refused that it would have refused
 * @param spared in which MFA is required and would not have been
 */
public record Counts(long about, long asked, long refused, long spared) {

    /** None at all. */
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    static Counts of(Effect effect) {
        return new Counts(
                1, effect == Effect.ASKED ? 1 : 0, effect == Effect.REFUSED ? 1 : 0, effect == Effect.SPARED ? 1 : 0);
    }

    Counts plus(Counts other) {
        return new Counts(about + other.about, asked + other.asked, refused + other.refused, spared + other.spared);
    }

    /** By the names of answers. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("about", about);
        map.put("asked", asked);
        map.put("refused", refused);
        map.put("spared", spared);
        return map;
    }
}
