package io.sallyport.verify;

import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.policy.Method;
import java.security.SecureRandom;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * New recovery codes for somebody whose old ones an administrator made void: offered once in every sign-in in which he
 * proves a factor, until he takes them. A sign-in that only joins a session offers nothing: an application may want it
 * without a page.
 */
public record RecoveryOffer(Place place) {

    private static final String NOTE = "sallyport.recovery-offer";
    private static final String PROVED = "proved";
    private static final String LOOKED = "looked";

    void proved() {
        if (place.remembered(NOTE).isEmpty()) {
            place.remember(NOTE, PROVED);
        }
    }

    /** Whether it is to be made now: true once in a sign-in at most. */
    public boolean take(KeycloakSession session, RealmModel realm, UserModel user) {
        if (place.remembered(NOTE).filter(PROVED::equals).isEmpty()) {
            return false;
        }
        place.remember(NOTE, LOOKED);
        return Prior.of(session, realm, user.getId())
                        .map(Prior::offered)
                        .orElseGet(() ->
                                new RecoveryCodes(session, new SecureRandom()).areOffered(realm.getId(), user.getId()))
                && new Assessments(session, realm)
                        .freshFactor(place.visit(session, user), Method.WEBAUTHN)
                        .isPresent();
    }
}
