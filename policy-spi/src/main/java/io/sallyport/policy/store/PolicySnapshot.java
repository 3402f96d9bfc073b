package io.sallyport.policy.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sallyport.policy.Reported;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.rules.PolicyChange;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.Resolution;
import io.sallyport.policy.rules.RuleIndex;
import io.sallyport.policy.rules.Scope;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A realm's policy at one revision: the rules about more than one user, indexed, and the rules of some users, as many as
 * were asked for lately. Rules of users are read when they are needed and never all at once.
 */
final class PolicySnapshot {

    private static final int USERS = 10_000;

    private final PolicyState state;
    private final RuleIndex shared;
    private final Cache<String, List<PolicyRule>> own;

    private PolicySnapshot(PolicyState state, RuleIndex shared) {
        this.state = state;
        this.shared = shared;
        this.own = Caffeine.newBuilder().maximumSize(USERS).build();
    }

    static PolicySnapshot read(RuleStore store) {
        RuleStore.SharedRules rules = store.sharedRules();
        return new PolicySnapshot(rules.state(), RuleIndex.of(rules.rules()));
    }

    /** What the policy says about this sign-in. */
    Resolution resolve(SignInFacts facts, RuleStore store) {
        return shared.resolve(facts, ownRules(facts.userId(), store), store::asOf);
    }

    /** Whether a rule about this sign-in names its identity provider. */
    boolean namesProvider(SignInFacts facts, RuleStore store) {
        return shared.namesProvider(facts, ownRules(facts.userId(), store), store::asOf);
    }

    /** What each rule that only reports would make of this sign-in. */
    List<Reported> reported(SignInFacts facts, RuleStore store) {
        return shared.reported(facts, ownRules(facts.userId(), store), store::asOf);
    }

    Set<Requirement> requirements(SignInFacts facts, RuleStore store) {
        return shared.requirements(facts, ownRules(facts.userId(), store));
    }

    private List<PolicyRule> ownRules(String userId, RuleStore store) {
        List<PolicyRule> known = own.getIfPresent(userId);
        if (known != null) {
            return known;
        }
        List<PolicyRule> read = store.ownRules(userId);
        own.put(userId, read);
        return read;
    }

    /** The policy as it is now: this one if nothing has changed. */
    PolicySnapshot brought(RuleStore store) {
        RuleStore.Changes since = store.changesSince(state);
        if (!since.state().continues(state)) {
            return read(store);
        }
        return since.changes().isEmpty() ? this : with(since.changes(), since.state());
    }

    private PolicySnapshot with(List<PastChange> changes, PolicyState later) {
        Map<String, PolicyRule> changed = new LinkedHashMap<>();
        Set<String> gone = new HashSet<>();
        Set<String> users = new HashSet<>();
        for (PastChange past : changes) {
            PolicyChange change = past.change();
            Stream.concat(change.before().stream(), change.after().stream())
                    .map(PolicyRule::scope)
                    .filter(Scope.User.class::isInstance)
                    .forEach(scope -> users.add(((Scope.User) scope).user()));
            gone.add(change.id());
            changed.remove(change.id());
            change.after()
                    .filter(rule -> !(rule.scope() instanceof Scope.User))
                    .ifPresent(rule -> changed.put(rule.id(), rule));
        }
        PolicySnapshot next = new PolicySnapshot(later, shared.with(changed.values(), gone));
        own.asMap().forEach((user, rules) -> {
            if (!users.contains(user)) {
                next.own.put(user, rules);
            }
        });
        return next;
    }
}
