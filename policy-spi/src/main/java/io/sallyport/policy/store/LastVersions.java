package io.sallyport.policy.store;

import io.sallyport.policy.rules.PolicyChange;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last version that each of these rules ever had. A rule that comes again goes on counting: what referred to the old
 * one must not fit the new one.
 */
record LastVersions(Map<String, Long> byRule) {

    private static final int AT_ONCE = 500;

    static LastVersions of(EntityManager em, String realmId, List<PolicyChange> changes) {
        Map<String, Long> versions = new HashMap<>();
        for (int from = 0; from < changes.size(); from += AT_ONCE) {
            List<String> ids = changes.subList(from, Math.min(from + AT_ONCE, changes.size())).stream()
                    .map(PolicyChange::id)
                    .toList();
            em.createQuery(
                            "select h.ruleId, max(h.version) from MfaPolicyHistory h"
                                    + " where h.realmId = :realm and h.ruleId in :ids group by h.ruleId",
                            Object[].class)
                    .setParameter("realm", realmId)
                    .setParameter("ids", ids)
                    .getResultStream()
                    .forEach(row -> versions.put((String) row[0], (Long) row[1]));
        }
        return new LastVersions(versions);
    }

    long of(String rule) {
        return byRule.getOrDefault(rule, 0L);
    }
}
