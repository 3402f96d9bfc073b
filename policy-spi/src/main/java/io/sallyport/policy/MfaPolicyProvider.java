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

    @Override
    default void close() {}
}
