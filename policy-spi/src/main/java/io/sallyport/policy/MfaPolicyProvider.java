package io.sallyport.policy;

import java.util.List;
import java.util.Set;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Decides what a sign-in must prove; asked at the door, at the gate and by the guard of every token. */
public interface MfaPolicyProvider extends Provider {

    /**
     * The decision for these facts. A runtime exception is allowed and means that MFA is required: callers go through
     * {@link Policy#decide}, which turns it into that answer.
     */
    PolicyDecision decide(RealmModel realm, SignInFacts facts);

    /**
     * Whether a rule that is about this sign-in names the identity provider by which the user came: then rules decide, and
     * no trust in the provider. Without an answer of its own a policy is taken to name every provider.
     */
    default boolean namesProvider(RealmModel realm, SignInFacts facts) {
        return true;
    }

    /**
     * What each rule that only reports, and is about this sign-in, would make of it. It is only counted; without an answer of its
     * own a policy has no such rules.
     */
    default List<Reported> reported(RealmModel realm, SignInFacts facts) {
        return List.of();
    }

    /**
     * What is required of this user in sign-ins of his, with whatever application, from whatever network and by whatever
     * provider: then no new way in is opened to him without it, and he keeps what he can prove it with. Without an answer
     * of its own a policy requires MFA by any method.
     */
    default Set<Requirement> requirements(RealmModel realm, SignInFacts facts) {
        return Set.of(Requirement.anyMethod());
    }

    @Override
    default void close() {}
}
