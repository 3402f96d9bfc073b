package io.sallyport.gate;

import org.keycloak.common.constants.ServiceAccountConstants;
import org.keycloak.models.UserSessionModel;

/**
 * A service account in a session of its own client's credentials, or in what was made of one. Whoever came another way is
 * held to the policy, whatever client his account is linked to.
 */
final class Machine {

    private Machine() {}

    static boolean owns(UserSessionModel session) {
        return session.getUser().getServiceAccountClientLink() != null
                && ServiceAccountConstants.CLIENT_AUTH.equals(session.getAuthMethod());
    }
}
