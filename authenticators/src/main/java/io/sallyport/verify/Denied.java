package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.policy.NetworkAddress;
import io.sallyport.provider.ClientAddress;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Somebody is refused a change of his own factors: it is what whoever has stolen a password tries next. */
public final class Denied {

    /** A factor that is fresh, and no weaker than what it would change, was not proved. */
    public static final String UNPROVED = "mfa_required";
    /** Nothing would be left to prove MFA with. */
    public static final String LAST_FACTOR = "last_factor";

    private static final String NOWHERE = "-";

    private Denied() {}

    /** By REST, from this place. */
    public static Denial at(Place place, CallRate.By by, String reason) {
        return Denial.at(place, CallRate.Kind.REFUSED_CHANGE, by, event(reason));
    }

    /** By whatever way of Keycloak's own. */
    public static Denial within(KeycloakSession session, RealmModel realm, UserModel user, String reason) {
        KeycloakContext context = session.getContext();
        Optional<AuthenticationSessionModel> signIn = Optional.ofNullable(context.getAuthenticationSession());
        Optional<String> client = signIn.map(AuthenticationSessionModel::getClient)
                .or(() -> Optional.ofNullable(context.getClient()))
                .map(ClientModel::getClientId);
        Optional<String> place = signIn.map(found -> found.getParentSession().getId())
                .or(() -> Optional.ofNullable(context.getUserSession()).map(UserSessionModel::getId));
        MfaEvent event = event(reason).user(user.getId()).client(client);
        return Denial.ruled(
                CallRate.Kind.REFUSED_CHANGE,
                by(session, realm, user, client.orElse(NOWHERE), place.orElse(NOWHERE)),
                place.map(event::session).orElse(event));
    }

    /** Whom nobody has authenticated is known by his address: what he does is not counted as the user's. */
    static CallRate.By by(KeycloakSession session, RealmModel realm, UserModel user, String clientId, String place) {
        return Actor.on(session, user)
                .match(Actor.Self::visit, administrator -> Optional.<Visit>empty(), Optional::<Visit>empty)
                .map(visit -> new CallRate.By(user.getId(), clientId, place, visit.binding()))
                .orElseGet(() -> new CallRate.By(
                        ClientAddress.of(session, realm)
                                .map(NetworkAddress::text)
                                .orElse(NOWHERE),
                        clientId,
                        place,
                        Optional.empty()));
    }

    private static MfaEvent event(String reason) {
        return MfaEvent.of(MfaEventType.FAILED, Outcome.FAILURE).with(Detail.REASON, reason);
    }
}
