package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What was done about somebody, whether or not he signs in: every organization that he is in has to do with it. */
public final class Concerning {

    private Concerning() {}

    /** A success about this user. */
    public static MfaEvent user(KeycloakSession session, RealmModel realm, UserModel user, MfaEventType type) {
        return on(session, realm, user, MfaEvent.of(type, Outcome.SUCCESS));
    }

    /** The event, about this user. */
    public static MfaEvent on(KeycloakSession session, RealmModel realm, UserModel user, MfaEvent any) {
        MfaEvent event = any.user(user.getId());
        Set<String> tenants = new TreeSet<>(Facts.tenants(session, realm, user));
        return tenants.isEmpty() ? event : event.with(Detail.TENANT, String.join(" ", tenants));
    }
}
