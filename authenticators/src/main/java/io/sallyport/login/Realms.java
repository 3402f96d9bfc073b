package io.sallyport.login;

import io.sallyport.factor.CredentialTypes;
import io.sallyport.factor.SecondFactors;
import io.sallyport.provider.RealmSettings;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Tells realms with MFA from those that must behave as if the pack were not installed. */
final class Realms {

    private static final Logger LOG = Logger.getLogger(Realms.class);

    /** Above Keycloak's own factories, whose order is 0. */
    static final int OVERRIDE = 100;

    private Realms() {}

    /** Whether the realm of the request enforces MFA; without a realm, as at start-up, nothing is enforced. */
    static boolean enforced(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        try {
            return realm != null && RealmSettings.enabled(session, realm);
        } catch (RuntimeException unreadable) {
            LOG.errorf(unreadable, "The MFA settings of realm %s can't be read: MFA is enforced", realm.getName());
            return true;
        }
    }

    /** Types of the credentials that people of the realm may enroll or make: the account console shows no others. */
    static Set<String> credentialTypes(KeycloakSession session) {
        if (!enforced(session)) {
            return Set.of();
        }
        Stream<String> enrolled = new SecondFactors(session)
                .available(session.getContext().getRealm()).stream().map(CredentialTypes::stored);
        return Stream.concat(
                        enrolled, Stream.of(RecoveryCredentialProvider.TYPE, TrustedBrowsersCredentialProvider.TYPE))
                .collect(Collectors.toUnmodifiableSet());
    }
}
