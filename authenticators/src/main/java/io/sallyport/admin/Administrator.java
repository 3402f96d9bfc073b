package io.sallyport.admin;

import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.SessionEvidence;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.resources.admin.AdminAuth;

/** The caller of an administration call, and what he has proved himself. */
final class Administrator {

    private final KeycloakSession session;
    private final AdminAuth auth;

    Administrator(KeycloakSession session, AdminAuth auth) {
        this.session = session;
        this.auth = auth;
    }

    /** Id of the caller. */
    String id() {
        return auth.getUser().getId();
    }

    /**
     * Whether he may switch MFA on in a realm: only who will not be locked out by it, an administrator of the master realm
     * or one who has proved a second factor in the realm itself.
     */
    boolean mayEnable() {
        return ofMaster() || fresh();
    }

    /** Whether he may change anything: where his own realm has MFA, only with a fresh proof; service accounts are exempt. */
    boolean mayWrite() {
        return auth.getUser().getServiceAccountClientLink() != null
                || !RealmSettings.enabled(session, auth.getRealm())
                || fresh();
    }

    private boolean ofMaster() {
        return auth.getRealm().getName().equals(Config.getAdminRealm());
    }

    private boolean fresh() {
        RealmModel realm = auth.getRealm();
        return Optional.ofNullable(auth.getToken().getSessionId())
                .<UserSessionModel>map(id -> session.sessions().getUserSession(realm, id))
                .flatMap(own -> SessionEvidence.of(session, realm, own, auth.getClient(), false)
                        .fresh())
                .isPresent();
    }
}
