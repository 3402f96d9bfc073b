package io.sallyport.population.coverage;

import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.Scope;
import io.sallyport.policy.store.RuleStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Brings people before the judge, with their own rules if there are any in the realm. */
final class Bench {

    private final Judge judge;
    private final RuleStore store;
    private final boolean ownRules;
    private final Instant now;

    Bench(Judge judge, RuleStore store, boolean ownRules, Instant now) {
        this.judge = judge;
        this.store = store;
        this.ownRules = ownRules;
        this.now = now;
    }

    /** Where everybody with this signature stands who has no rules of his own. */
    Judgement alike(Signature signature, GraceUses graces) {
        return judge.alike(signature, graces);
    }

    /** Somebody who has no rules of his own. */
    Covered alike(Line line) {
        return covered(line, judge.alike(line.signature(), uses(line.signature())));
    }

    /** Everybody, in the same order. */
    List<Covered> judged(List<Line> lines) {
        Map<String, List<PolicyRule>> own = ownRules
                ? store.ownRules(lines.stream().map(Line::id).toList()).stream()
                        .collect(Collectors.groupingBy(rule -> ((Scope.User) rule.scope()).user()))
                : Map.of();
        return lines.stream()
                .map(line -> own.containsKey(line.id())
                        ? covered(
                                line,
                                judge.of(
                                        line.id(),
                                        line.signature(),
                                        own.getOrDefault(line.id(), List.of()),
                                        uses(line.signature())))
                        : alike(line))
                .toList();
    }

    private GraceUses uses(Signature signature) {
        return new GraceUses(signature.graces(), List.of(), now);
    }

    private static Covered covered(Line line, Judgement standing) {
        return new Covered(line.id(), line.username(), standing, line.lockedUntil());
    }
}
