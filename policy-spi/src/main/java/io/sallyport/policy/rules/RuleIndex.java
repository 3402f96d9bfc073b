package io.sallyport.policy.rules;

import io.sallyport.policy.Level;
import io.sallyport.policy.Reason;
import io.sallyport.policy.SignInFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rules of a realm about more than one user, ready for sign-ins: a decision looks only at the rules that could match,
 * however many there are. It answers as {@link RuleEngine} does; only its trace is shorter. Immutable.
 */
public final class RuleIndex {

    private final Map<String, Bucket> byGroup;
    private final Map<String, Bucket> byTenant;
    private final Bucket global;

    private RuleIndex(Map<String, Bucket> byGroup, Map<String, Bucket> byTenant, Bucket global) {
        this.byGroup = byGroup;
        this.byTenant = byTenant;
        this.global = global;
    }

    /** The index of these rules; rules about one user are left out. */
    public static RuleIndex of(Collection<PolicyRule> rules) {
        Map<String, List<PolicyRule>> groups = new HashMap<>();
        Map<String, List<PolicyRule>> tenants = new HashMap<>();
        List<PolicyRule> global = new ArrayList<>();
        for (PolicyRule rule : rules) {
            if (rule.scope() instanceof Scope.Group group) {
                groups.computeIfAbsent(group.group(), id -> new ArrayList<>(1)).add(rule);
            } else if (rule.scope() instanceof Scope.Tenant tenant) {
                tenants.computeIfAbsent(tenant.organization(), id -> new ArrayList<>(1))
                        .add(rule);
            } else if (rule.scope() instanceof Scope.Global) {
                global.add(rule);
            }
        }
        return new RuleIndex(buckets(groups), buckets(tenants), Bucket.of(global));
    }

    /**
     * What the rules say about this sign-in.
     *
     * @param own the rules about the user himself
     */
    public Resolution resolve(SignInFacts facts, Collection<PolicyRule> own) {
        List<Trace.Entry> trace = new ArrayList<>();
        for (Level level : Level.values()) {
            List<PolicyRule> answering = RuleEngine.answering(candidates(level, facts, own), facts, trace);
            if (!answering.isEmpty()) {
                return RuleEngine.answer(level, answering, facts, new Trace(trace));
            }
        }
        return new Resolution.NotRequired(List.of(Reason.of("no rule matches")), new Trace(trace));
    }

    private Collection<PolicyRule> candidates(Level level, SignInFacts facts, Collection<PolicyRule> own) {
        if (level == Level.USER) {
            return own;
        }
        // a rule that is found by two roles is one rule
        Map<String, PolicyRule> found = new LinkedHashMap<>();
        Consumer<PolicyRule> add = rule -> found.put(rule.id(), rule);
        switch (level) {
            case GROUP ->
                facts.groups()
                        .forEach(group -> Optional.ofNullable(byGroup.get(group))
                                .ifPresent(bucket -> bucket.candidates(facts, add)));
            case TENANT ->
                facts.tenants()
                        .forEach(tenant -> Optional.ofNullable(byTenant.get(tenant))
                                .ifPresent(bucket -> bucket.candidates(facts, add)));
            default -> global.candidates(facts, add);
        }
        return found.values();
    }

    private static Map<String, Bucket> buckets(Map<String, List<PolicyRule>> rules) {
        Map<String, Bucket> buckets = new HashMap<>();
        rules.forEach((scope, list) -> buckets.put(scope, Bucket.of(list)));
        return buckets;
    }
}
