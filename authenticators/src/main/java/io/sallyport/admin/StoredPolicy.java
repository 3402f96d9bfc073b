package io.sallyport.admin;

import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.store.RuleStore;
import io.sallyport.population.simulation.StoredRules;
import java.util.Collection;
import java.util.List;

/** The stored rules for a simulation. */
record StoredPolicy(RuleStore store) implements StoredRules {

    @Override
    public List<PolicyRule> shared() {
        return store.shared();
    }

    @Override
    public List<PolicyRule> own(String after, String last) {
        return store.ownRules(after, last);
    }

    @Override
    public List<PolicyRule> named(Collection<String> ids) {
        return store.named(ids);
    }
}
