package io.sallyport.policy.rules;

import io.sallyport.policy.Level;
import io.sallyport.policy.Reason;
import io.sallyport.policy.SignInFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Resolves rules: user before group before tenant before global, the first level with an answer wins; within a level
 * the strictest. Total and pure; the order of the rules does not matter.
 */
public final class RuleEngine {

    /** That of traces and reasons. */
    static final Comparator<PolicyRule> ORDER = Comparator.<PolicyRule, Level>comparing(
                    rule -> rule.scope().level())
            .thenComparing(PolicyRule::id);

    private RuleEngine() {}

    /** What these rules say about this sign-in; the trace tells of every one of them. */
    public static Resolution resolve(Collection<PolicyRule> rules, SignInFacts facts) {
        return resolve(rules, facts, PastRules.NONE);
    }

    /** The same, where the refresh of a session is judged by what changed rules said when it began. */
    public static Resolution resolve(Collection<PolicyRule> rules, SignInFacts facts, PastRules past) {
        List<Trace.Entry> trace = new ArrayList<>();
        List<PolicyRule> matching = answering(rules.stream().sorted(ORDER).toList(), facts, past, trace);
        for (Level level : Level.values()) {
            List<PolicyRule> answering = matching.stream()
                    .filter(rule -> rule.scope().level() == level)
                    .toList();
            if (!answering.isEmpty()) {
                return answer(level, answering, facts, new Trace(trace));
            }
        }
        return new Resolution.NotRequired(List.of(Reason.of("no rule matches")), new Trace(trace));
    }

    /** The rules that match; each one is traced. */
    static List<PolicyRule> answering(
            Collection<PolicyRule> rules, SignInFacts facts, PastRules past, List<Trace.Entry> trace) {
        List<PolicyRule> matching = new ArrayList<>();
        for (PolicyRule today : rules) {
            PolicyRule rule = today.judging(facts, past);
            Optional<String> skipped = rule.skippedBecause(facts);
            trace.add(new Trace.Entry(rule.id(), rule.scope().level(), skipped));
            if (skipped.isEmpty()) {
                matching.add(rule);
            }
        }
        return matching;
    }

    /** The answer of one level, of which these rules match. */
    static Resolution answer(Level level, List<PolicyRule> matching, SignInFacts facts, Trace trace) {
        return Strictest.of(level == Level.USER ? mostSpecific(matching, facts) : matching, trace);
    }

    /** Per tenant the user's rule there goes before the one in all tenants, which still speaks for the other tenants. */
    private static List<PolicyRule> mostSpecific(List<PolicyRule> rules, SignInFacts facts) {
        Set<String> ruledTenants =
                rules.stream().flatMap(rule -> rule.scope().tenant().stream()).collect(Collectors.toUnmodifiableSet());
        if (ruledTenants.isEmpty() || !ruledTenants.containsAll(facts.tenants())) {
            return rules;
        }
        return rules.stream().filter(rule -> rule.scope().tenant().isPresent()).toList();
    }
}
