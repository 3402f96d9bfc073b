package io.sallyport.policy.store;

import io.sallyport.policy.MfaPolicyProvider;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reported;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.SignInFacts;
import java.util.List;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Decides by the stored rules of the realm. */
final class ScopedMfaPolicyProvider implements MfaPolicyProvider {

    private final KeycloakSession session;
    private final RuleCache cache;

    ScopedMfaPolicyProvider(KeycloakSession session, RuleCache cache) {
        this.session = session;
        this.cache = cache;
    }

    @Override
    public PolicyDecision decide(RealmModel realm, SignInFacts facts) {
        return cache.current(session, realm)
                .resolve(facts, new RuleStore(session, realm))
                .decision(facts);
    }

    @Override
    public boolean namesProvider(RealmModel realm, SignInFacts facts) {
        return cache.current(session, realm).namesProvider(facts, new RuleStore(session, realm));
    }

    @Override
    public List<Reported> reported(RealmModel realm, SignInFacts facts) {
        return cache.current(session, realm).reported(facts, new RuleStore(session, realm));
    }

    @Override
    public Set<Requirement> requirements(RealmModel realm, SignInFacts facts) {
        return cache.current(session, realm).requirements(facts, new RuleStore(session, realm));
    }
}
