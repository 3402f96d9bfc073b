package io.sallyport.policy.store;

import io.sallyport.policy.Decisions;
import io.sallyport.policy.MfaPolicyProvider;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.rules.RuleEngine;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Decides by the stored rules of the realm. */
final class ScopedMfaPolicyProvider implements MfaPolicyProvider {

    private final KeycloakSession session;

    ScopedMfaPolicyProvider(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public PolicyDecision decide(RealmModel realm, SignInFacts facts) {
        return RuleEngine.resolve(new RuleStore(session).rulesFor(realm, facts.userId()), facts)
                .<PolicyDecision>match(
                        none -> new PolicyDecision.Skip(none.reasons()),
                        required -> Decisions.of(required.requirement(), required.grace(), facts, required.reasons()),
                        impossible -> new PolicyDecision.Deny(impossible.reasons()));
    }
}
