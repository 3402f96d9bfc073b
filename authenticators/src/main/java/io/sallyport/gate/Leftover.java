package io.sallyport.gate;

import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.common.Profile;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/**
 * What a refused request would leave behind: the sessions that it made itself. They are told from older ones by this, that
 * nobody else can see them before the request's transaction ends (Keycloak 26.7); so it holds for grants yet to come.
 */
final class Leftover {

    private static final Logger LOG = Logger.getLogger(Leftover.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserSessionModel userSession;
    private final String client;

    Leftover(KeycloakSession session, RealmModel realm, AuthenticatedClientSessionModel clientSession) {
        this.session = session;
        this.realm = realm;
        this.userSession = clientSession.getUserSession();
        this.client = clientSession.getClient().getId();
    }

    void remove() {
        try {
            Seen seen = seen();
            offline(session, realm).ifPresent(offline -> removeNew(offline, seen));
            if (!seen.online() && !userSession.isOffline()) {
                session.sessions().removeUserSession(realm, userSession);
            }
        } catch (RuntimeException unknown) {
            LOG.errorf(unknown, "whether a refused request made its session can't be told: it stays");
        }
    }

    private void removeNew(UserSessionModel offline, Seen seen) {
        if (!seen.offline()) {
            session.sessions().removeOfflineUserSession(realm, offline);
        } else if (!seen.offlineClient()) {
            Optional.ofNullable(offline.getAuthenticatedClientSessionByClient(client))
                    .ifPresent(AuthenticatedClientSessionModel::detachFromUserSession);
        }
    }

    /**
     * Another session without a transaction of its own reads by the connection of this one: whoever waited for a second one with
     * the first in hand would wait for those who do the same. Where sessions are kept in the database they are written at the
     * end of the request, so that what it made is not there yet; elsewhere offline ones may be.
     */
    private Seen seen() {
        try (KeycloakSession other = session.getKeycloakSessionFactory().create()) {
            if (Profile.isFeatureEnabled(Profile.Feature.PERSISTENT_USER_SESSIONS)) {
                other.getTransactionManager().setJTAPolicy(KeycloakTransactionManager.JTAPolicy.NOT_SUPPORTED);
            }
            other.getTransactionManager().begin();
            RealmModel sameRealm = other.realms().getRealm(realm.getId());
            other.getContext().setRealm(sameRealm);
            Optional<UserSessionModel> offline = offline(other, sameRealm);
            return new Seen(
                    other.sessions().getUserSession(sameRealm, userSession.getId()) != null,
                    offline.isPresent(),
                    offline.map(found -> found.getAuthenticatedClientSessionByClient(client))
                            .isPresent());
        }
    }

    private Optional<UserSessionModel> offline(KeycloakSession by, RealmModel in) {
        return Optional.ofNullable(by.sessions().getOfflineUserSession(in, userSession.getId()));
    }

    /**
     * What others see of the session.
     *
     * @param offlineClient whether they see the client in the offline session
     */
    private record Seen(boolean online, boolean offline, boolean offlineClient) {}
}
