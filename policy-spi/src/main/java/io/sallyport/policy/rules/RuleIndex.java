package io.sallyport.policy.rules;

import io.sallyport.policy.Level;
import io.sallyport.policy.Reason;
import io.sallyport.policy.Reported;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.SignInFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of a realm about more than one user, ready for sign-ins: a decision looks only at the rules that could match,
 * however many there are. It answers as {@link RuleEngine} does; only its trace is shorter. Immutable.
 */
public final class RuleIndex {

    private static final RuleIndex EMPTY = new RuleIndex(Map.of(), Map.of(), Set.of());

    private final Map<String, PolicyRule> byId;
    private final Map<Scope, Bucket> byScope;
    /** Those of every network in a rule; of a removed rule they may stay, at the cost of a look-up. */
    private final Set<Integer> prefixLengths;

    private RuleIndex(Map<String, PolicyRule> byId, Map<Scope, Bucket> byScope, Set<Integer> prefixLengths) {
        this.byId = byId;
        this.byScope = byScope;
        this.prefixLengths = prefixLengths;
    }

    /** The index of these rules; rules about one user are left out. */
    public static RuleIndex of(Collection<PolicyRule> rules) {
        return EMPTY.with(rules, Set.of());
    }

    /**
     * The index after a change, which shares with this one what the change does not touch.
     *
     * @param changed rules that are new, or take the place of the one with their id
     * @param removed ids of the rules that are gone; an unknown one is none of its
     */
    public RuleIndex with(Collection<PolicyRule> changed, Set<String> removed) {
        Map<String, PolicyRule> rules = new HashMap<>(byId);
        Map<Scope, List<PolicyRule>> gone = new HashMap<>();
        Map<Scope, List<PolicyRule>> come = new HashMap<>();
        Stream.concat(removed.stream(), changed.stream().map(PolicyRule::id))
                .forEach(id -> Optional.ofNullable(rules.remove(id)).ifPresent(rule -> byScope(gone, rule)));
        Set<Integer> lengths = new HashSet<>(prefixLengths);
        for (PolicyRule rule : changed) {
            if (rule.scope().level() != Level.USER) {
                rules.put(rule.id(), rule);
                byScope(come, rule);
                Key.of(rule).forEach(keys -> addPrefixLengths(keys, lengths));
            }
        }
        Map<Scope, Bucket> buckets = new HashMap<>(byScope);
        Stream.concat(gone.keySet().stream(), come.keySet().stream()).distinct().forEach(scope -> {
            Bucket bucket = buckets.getOrDefault(scope, Bucket.EMPTY)
                    .with(gone.getOrDefault(scope, List.of()), come.getOrDefault(scope, List.of()));
            if (bucket.isEmpty()) {
                buckets.remove(scope);
            } else {
                buckets.put(scope, bucket);
            }
        });
        return new RuleIndex(rules, buckets, Set.copyOf(lengths));
    }

    /**
     * What the rules say about this sign-in.
     *
     * @param own the rules about the user himself
     */
    public Resolution resolve(SignInFacts facts, Collection<PolicyRule> own) {
        return resolve(facts, own, PastRules.NONE);
    }

    /** The same, where the refresh of a session is judged by what changed rules said when it began. */
    public Resolution resolve(SignInFacts facts, Collection<PolicyRule> own, PastRules past) {
        return resolve(facts, own, past, UnaryOperator.identity());
    }

    /** @param as what each rule is taken for */
    private Resolution resolve(
            SignInFacts facts, Collection<PolicyRule> own, PastRules past, UnaryOperator<PolicyRule> as) {
        List<Trace.Entry> trace = new ArrayList<>();
        Keys keys = Keys.of(facts, prefixLengths);
        for (Level level : Level.values()) {
            List<PolicyRule> candidates =
                    candidates(level, keys, facts, own).stream().map(as).toList();
            List<PolicyRule> answering = RuleEngine.answering(candidates, facts, past, trace);
            if (!answering.isEmpty()) {
                return RuleEngine.answer(level, answering, facts, new Trace(trace));
            }
        }
        return new Resolution.NotRequired(List.of(Reason.of("no rule matches")), new Trace(trace));
    }

    /** What each rule that only reports, and is about the sign-in, would make of it if it alone of them were in force. */
    public List<Reported> reported(SignInFacts facts, Collection<PolicyRule> own, PastRules past) {
        Keys keys = Keys.of(facts, prefixLengths);
        return Stream.of(Level.values())
                .flatMap(level -> candidates(level, keys, facts, own).stream())
                .filter(rule -> rule.state() == State.REPORT_ONLY)
                .map(rule -> rule.in(State.ENFORCED))
                .filter(rule -> rule.skippedBecause(facts).isEmpty())
                .map(rule -> new Reported(
                        rule.id(),
                        rule.version(),
                        resolve(facts, own, past, other -> other.id().equals(rule.id()) ? rule : other)
                                .decision(facts)))
                .toList();
    }

    /** Whether any rule that matches the sign-in, at whatever level, is about the provider by which the user came. */
    public boolean namesProvider(SignInFacts facts, Collection<PolicyRule> own, PastRules past) {
        Keys keys = Keys.of(facts, prefixLengths);
        return Stream.of(Level.values())
                .flatMap(level -> answering(level, keys, facts, own, past, new ArrayList<>()).stream())
                .flatMap(rule -> rule.when().stream())
                .anyMatch(Condition.CameBy.class::isInstance);
    }

    /** What the rules require of this user somewhere, each by itself, exceptions left aside; it looks at all rules. */
    public Set<Requirement> requirements(SignInFacts facts, Collection<PolicyRule> own) {
        return Stream.concat(own.stream(), byId.values().stream())
                .flatMap(rule -> rule.requirement(facts).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<PolicyRule> answering(
            Level level,
            Keys keys,
            SignInFacts facts,
            Collection<PolicyRule> own,
            PastRules past,
            List<Trace.Entry> trace) {
        return RuleEngine.answering(candidates(level, keys, facts, own), facts, past, trace);
    }

    private List<PolicyRule> candidates(Level level, Keys keys, SignInFacts facts, Collection<PolicyRule> own) {
        return level == Level.USER
                ? own.stream().sorted(RuleEngine.ORDER).toList()
                : candidates(scopes(level, facts), keys);
    }

    private List<PolicyRule> candidates(Collection<Scope> scopes, Keys keys) {
        Set<PolicyRule> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Scope scope : scopes) {
            byScope.getOrDefault(scope, Bucket.EMPTY).candidates(keys, found::add);
        }
        List<PolicyRule> candidates = new ArrayList<>(found);
        candidates.sort(RuleEngine.ORDER);
        return candidates;
    }

    /** The buckets of a level in which rules about the sign-in may be; there is none for its user. */
    private static Collection<Scope> scopes(Level level, SignInFacts facts) {
        List<Scope> scopes = new ArrayList<>();
        switch (level) {
            case GROUP -> facts.groups().forEach(group -> scopes.add(new Scope.Group(group, Optional.empty())));
            case TENANT -> facts.tenants().forEach(tenant -> scopes.add(new Scope.Tenant(tenant)));
            case GLOBAL -> scopes.add(new Scope.Global());
            case USER -> {}
        }
        return scopes;
    }

    private static void byScope(Map<Scope, List<PolicyRule>> rules, PolicyRule rule) {
        rules.computeIfAbsent(bucket(rule.scope()), scope -> new ArrayList<>(1)).add(rule);
    }

    /** A group's rules are together, in whichever tenant they count: that is a key of theirs. */
    private static Scope bucket(Scope scope) {
        return scope instanceof Scope.Group group ? new Scope.Group(group.group(), Optional.empty()) : scope;
    }

    private static void addPrefixLengths(Set<Key> keys, Set<Integer> to) {
        for (Key key : keys) {
            if (key instanceof Key.Block block) {
                to.add(block.bits());
            }
        }
    }
}
