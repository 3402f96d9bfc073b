package io.sallyport.policy.rules;

import io.sallyport.policy.Grace;
import io.sallyport.policy.Method;
import io.sallyport.policy.Reason;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.Strength;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Merges the rules of one level: any {@code required = true} wins; over those rules the strongest strength, the
 * intersection of the methods, the smallest age and the shortest grace, which is none if one of them gives none.
 */
final class Strictest {

    private Strictest() {}

    static Resolution of(List<PolicyRule> rules, Trace trace) {
        List<PolicyRule> requiring =
                rules.stream().filter(rule -> rule.demand().required()).toList();
        if (requiring.isEmpty()) {
            return new Resolution.NotRequired(reasons(rules), trace);
        }
        Strength strength = Strength.ANY;
        Set<Method> methods = EnumSet.of(Method.TOTP, Method.WEBAUTHN, Method.SMS_OTP);
        Optional<Duration> maxAge = Optional.empty();
        Optional<Grace> grace = requiring.get(0).demand().grace();
        for (PolicyRule rule : requiring) {
            Demand demand = rule.demand();
            strength = strength.and(demand.strength());
            demand.methods().ifPresent(methods::retainAll);
            maxAge = smaller(maxAge, demand.maxAge());
            grace = grace.flatMap(left -> demand.grace().map(left::and));
        }
        Strength needed = strength;
        methods.removeIf(method -> !needed.accepts(method));
        return methods.isEmpty()
                ? new Resolution.Impossible(reasons(requiring), trace)
                : new Resolution.Required(new Requirement(strength, methods, maxAge), grace, reasons(requiring), trace);
    }

    private static Optional<Duration> smaller(Optional<Duration> one, Optional<Duration> other) {
        if (one.isPresent() && other.isPresent()) {
            return one.get().compareTo(other.get()) <= 0 ? one : other;
        }
        return one.isPresent() ? one : other;
    }

    private static List<Reason> reasons(List<PolicyRule> rules) {
        return rules.stream()
                .map(rule -> new Reason(
                        Optional.of(rule.scope().level()),
                        Optional.of(rule.id()),
                        rule.version(),
                        rule.name(),
                        rule.demand().grace()))
                .toList();
    }
}
