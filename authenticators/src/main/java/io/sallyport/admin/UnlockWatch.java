package io.sallyport.admin;

import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.Throttle;
import java.util.Optional;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Lets "unlock" in Keycloak's own console lift our lock too; where that can't be done, or can't be put on the record, Keycloak's
 * is refused. Keycloak 26.7 asks there for the right to manage the user and for no proof; nobody unlocks himself.
 */
final class UnlockWatch implements EventListenerProvider {

    private static final String USERS = "attack-detection/brute-force/users";
    private static final String REASON = "Keycloak's own unlock";

    private final KeycloakSession session;

    UnlockWatch(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        // only the administration unlocks
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() != ResourceType.USER_LOGIN_FAILURE
                || event.getOperationType() != OperationType.DELETE) {
            return;
        }
        String path = Optional.ofNullable(event.getResourcePath()).orElse("");
        String actor = event.getAuthDetails().getUserId();
        Optional.ofNullable(session.realms().getRealm(event.getRealmId()))
                .filter(realm -> RealmSettings.enabled(session, realm))
                .map(RealmModel::getId)
                .ifPresent(id -> Prerequisite.of(
                        session, REASON, own -> unlock(own, own.realms().getRealm(id), path, actor)));
    }

    private static void unlock(KeycloakSession session, RealmModel realm, String path, String actor) {
        HelpDesk desk = new HelpDesk(session, realm, actor, REASON);
        if (path.equals(USERS)) {
            for (String userId : new Throttle(session).lockedBut(realm, actor)) {
                other(session, realm, userId, actor).ifPresent(desk::lift);
            }
        } else if (path.startsWith(USERS + "/")) {
            other(session, realm, path.substring(USERS.length() + 1), actor).ifPresent(desk::unlock);
        }
    }

    private static Optional<UserModel> other(KeycloakSession session, RealmModel realm, String userId, String actor) {
        return Optional.ofNullable(session.users().getUserById(realm, userId))
                .filter(found -> !found.getId().equals(actor));
    }

    @Override
    public void close() {}
}
