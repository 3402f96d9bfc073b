package io.sallyport.policy.rules;

import io.sallyport.policy.Level;
import java.util.List;
import java.util.Optional;

/**
 * What the engine looked at, rule by rule, in the order of resolution.
 *
 * @param entries one for each rule
 */
public record Trace(List<Entry> entries) {

    public Trace {
        entries = List.copyOf(entries);
    }

    /**
     * One rule.
     *
     * @param rule its id
     * @param level where it stands
     * @param skippedBecause why it does not apply; empty if it matched
     */
    public record Entry(String rule, Level level, Optional<String> skippedBecause) {}
}
