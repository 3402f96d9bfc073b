package io.sallyport.policy.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What turns one policy into another. A rule is the same rule if it has the same id, or else the same scope and
 * conditions, because a document without ids gets new ones each time it is read.
 */
public final class PolicyDiff {

    private PolicyDiff() {}

    /** The changes, deletions first; a rule that says the same as before is not among them. */
    public static List<PolicyChange> of(List<PolicyRule> before, List<PolicyRule> after) {
        Map<String, PolicyRule> byId = new HashMap<>();
        Map<String, PolicyRule> byIdentity = new HashMap<>();
        before.forEach(rule -> {
            byId.put(rule.id(), rule);
            byIdentity.put(rule.identity(), rule);
        });
        Map<String, PolicyRule> gone = new HashMap<>(byId);
        after.forEach(rule -> gone.remove(rule.id()));
        List<PolicyChange> changes = new ArrayList<>();
        for (PolicyRule rule : after) {
            PolicyRule same = byId.get(rule.id());
            if (same == null) {
                PolicyRule alike = byIdentity.get(rule.identity());
                same = alike == null ? null : gone.remove(alike.id());
            }
            if (same == null) {
                changes.add(new PolicyChange(rule.id(), Optional.empty(), Optional.of(rule)));
            } else if (!same.saysTheSameAs(rule)) {
                changes.add(new PolicyChange(same.id(), Optional.of(same), Optional.of(rule.as(same.id()))));
            }
        }
        List<PolicyChange> all = new ArrayList<>();
        before.stream()
                .filter(rule -> gone.containsKey(rule.id()))
                .forEach(rule -> all.add(new PolicyChange(rule.id(), Optional.of(rule), Optional.empty())));
        all.addAll(changes);
        return all;
    }
}
