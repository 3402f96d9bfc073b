package io.sallyport.population.coverage;

import io.sallyport.policy.Grace;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What somebody made of the graces of rules so far. */
final class GraceUses {

    private final Map<String, String> byRule;
    private final List<Grace> known;
    private final Instant now;

    /**
     * As a signature has them.
     *
     * @param known the graces that its bits are about, in their order; empty if the uses are there to the letter
     */
    GraceUses(String graces, List<Grace> known, Instant now) {
        this.byRule = Signature.parts(graces).stream()
                .collect(Collectors.toMap(text -> text.split(":", 2)[0], text -> text.split(":", 2)[1]));
        this.known = List.copyOf(known);
        this.now = now;
    }

    /** Whether the grace of the rules that ask for enrolling has begun, and none of them is over. */
    boolean open(PolicyDecision.Enroll enroll) {
        List<Reason> begun = begun(enroll);
        return enroll.grace().isPresent() && !begun.isEmpty() && begun.stream().allMatch(this::open);
    }

    /** The first end, as {@link io.sallyport.verify.GraceEnd} tells it. */
    Optional<Instant> end(PolicyDecision.Enroll enroll) {
        return known.isEmpty()
                ? begun(enroll).stream()
                        .map(rule -> number(rule, 1))
                        .filter(end -> end != 0)
                        .map(Instant::ofEpochMilli)
                        .min(Instant::compareTo)
                : Optional.empty();
    }

    private List<Reason> begun(PolicyDecision.Enroll enroll) {
        return enroll.reasons().stream()
                .filter(reason -> reason.rule().filter(byRule::containsKey).isPresent())
                .toList();
    }

    private boolean open(Reason rule) {
        Grace given = rule.grace().orElseThrow();
        if (!known.isEmpty()) {
            return use(rule).charAt(known.indexOf(given)) == '1';
        }
        long end = number(rule, 1);
        return (end == 0 || now.toEpochMilli() < end)
                && number(rule, 0) > since(given, now)
                && number(rule, 2) < most(given);
    }

    private long number(Reason rule, int place) {
        return Long.parseLong(use(rule).split(":", -1)[place]);
    }

    private String use(Reason rule) {
        return byRule.getOrDefault(rule.rule().orElseThrow(), "");
    }

    /** What began before is over. */
    static long since(Grace given, Instant now) {
        return given.time().map(length -> now.minus(length).toEpochMilli()).orElse(Long.MIN_VALUE);
    }

    /** So many sign-ins end it. */
    static long most(Grace given) {
        return given.skips().<Long>map(Long::valueOf).orElse(Long.MAX_VALUE);
    }
}
