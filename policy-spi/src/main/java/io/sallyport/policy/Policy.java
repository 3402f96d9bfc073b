package io.sallyport.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Asks the policy provider and fails closed: a policy that can't be read requires MFA. */
public final class Policy {

    private static final Logger LOG = Logger.getLogger(Policy.class);

    private Policy() {}

    /** The decision of the realm's policy; never throws. */
    public static PolicyDecision decide(KeycloakSession session, RealmModel realm, SignInFacts facts) {
        try {
            return session.getProvider(MfaPolicyProvider.class).decide(realm, facts);
        } catch (RuntimeException unreadable) {
            LOG.errorf(unreadable, "MFA policy of realm %s can't be read: MFA is required", realm.getName());
            return Decisions.of(
                    Requirement.anyMethod(), Optional.empty(), facts, List.of(Reason.of("the policy can't be read")));
        }
    }

    /** Whether a rule about this sign-in names its identity provider; never throws, and a policy in doubt does. */
    public static boolean namesProvider(KeycloakSession session, RealmModel realm, SignInFacts facts) {
        try {
            return session.getProvider(MfaPolicyProvider.class).namesProvider(realm, facts);
        } catch (RuntimeException unreadable) {
            LOG.errorf(unreadable, "MFA policy of realm %s can't be read: no provider is trusted", realm.getName());
            return true;
        }
    }

    /** What rules that only report would make of it; never throws, and a policy in doubt reports nothing. */
    public static List<Reported> reported(KeycloakSession session, RealmModel realm, SignInFacts facts) {
        try {
            return session.getProvider(MfaPolicyProvider.class).reported(realm, facts);
        } catch (RuntimeException unreadable) {
            LOG.warnf(unreadable, "What rules of realm %s that only report would do can't be told", realm.getName());
            return List.of();
        }
    }

    /** What is required of this user anywhere; never throws, and a policy in doubt requires MFA. */
    public static Set<Requirement> requirements(KeycloakSession session, RealmModel realm, SignInFacts facts) {
        try {
            return session.getProvider(MfaPolicyProvider.class).requirements(realm, facts);
        } catch (RuntimeException unreadable) {
            LOG.errorf(unreadable, "MFA policy of realm %s can't be read: MFA is required", realm.getName());
            return Set.of(Requirement.anyMethod());
        }
    }
}
