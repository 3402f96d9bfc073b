package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Puts on the record that somebody was refused a change of his own factors: it is what whoever has stolen a password tries
 * next.
 */
public final class Denied {

    /** A factor that is fresh, and no weaker than what it would change, was not proved. */
    public static final String UNPROVED = "mfa_required";
    /** Nothing would be left to prove MFA with. */
    public static final String LAST_FACTOR = "last_factor";

    private Denied() {}

    /** By REST, from this place. */
    public static void record(KeycloakSession session, RealmModel realm, UserModel user, Place place, String reason) {
        Trail.record(
                session,
                realm,
                place.on(
                        session,
                        realm,
                        event(user, reason)
                                .client(Optional.of(place.clientId()))
                                .session(place.sessionId())));
    }

    /** By whatever way of Keycloak's own. */
    public static void record(KeycloakSession session, RealmModel realm, UserModel user, String reason) {
        Trail.record(session, realm, Ruling.on(session, realm, event(user, reason)));
    }

    private static MfaEvent event(UserModel user, String reason) {
        return MfaEvent.of(MfaEventType.FAILED, Outcome.FAILURE)
                .user(user.getId())
                .with(Detail.REASON, reason);
    }
}
