package io.sallyport.population.simulation;

import io.sallyport.policy.rules.PolicyRule;
import java.util.Collection;
import java.util.List;

/** The stored rules of a realm, as a simulation needs them. */
public interface StoredRules {

    /** Those about more than one user. */
    List<PolicyRule> shared();

    /** Those about one user each, for users after the first id and up to the last, in the database's order. */
    List<PolicyRule> own(String after, String last);

    /** Those of these ids, as far as there are such. */
    List<PolicyRule> named(Collection<String> ids);
}
