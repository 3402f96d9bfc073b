package io.sallyport.verify;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What an attempt's own transaction saw along with the count, so that a success need not ask again: under a nonce of which
 * nothing was proved before, the success is all there is.
 *
 * @param nonce the nonce of the sign-in
 * @param proved whether anything was proved under it before
 * @param offered whether the user is offered new recovery codes
 */
record Prior(String nonce, boolean proved, boolean offered) {

    private static final String SEEN = "sallyport.prior.";

    /** Leaves what this attempt saw for the request of its user; what an earlier one saw means nothing any more. */
    static void leave(Optional<Prior> seen, KeycloakSession session, RealmModel realm, String userId) {
        String key = key(realm, userId);
        seen.ifPresentOrElse(prior -> session.setAttribute(key, prior), () -> session.removeAttribute(key));
    }

    /** The same after a success: from now on something was proved. */
    Prior proving() {
        return new Prior(nonce, true, offered);
    }

    /** What the request of this user knows. */
    static Optional<Prior> of(KeycloakSession session, RealmModel realm, String userId) {
        return Optional.ofNullable(session.getAttribute(key(realm, userId), Prior.class));
    }

    private static String key(RealmModel realm, String userId) {
        return SEEN + realm.getId() + '.' + userId;
    }
}
