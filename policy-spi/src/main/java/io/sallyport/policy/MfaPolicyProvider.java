package io.sallyport.policy;

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
     * Whether MFA is required of this user in some sign-in of his, with whatever application, from whatever network and by
     * whatever provider: then no new way in is opened to him without it. Without an answer of its own a policy requires it.
     */
    default boolean mayRequire(RealmModel realm, SignInFacts facts) {
        return true;
    }

    @Override
    default void close() {}
}
