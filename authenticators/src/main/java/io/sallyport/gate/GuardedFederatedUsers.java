package io.sallyport.gate;

import jakarta.persistence.EntityManager;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.jpa.JpaUserFederatedStorageProvider;

/** The same guard as in {@link GuardedUsers}, for users whose store is elsewhere and whose factors are here. */
final class GuardedFederatedUsers extends JpaUserFederatedStorageProvider {

    private final KeycloakSession session;
    private final FactorDoor door;

    GuardedFederatedUsers(KeycloakSession session, EntityManager em) {
        super(session, em);
        this.session = session;
        this.door = new FactorDoor(session);
    }

    @Override
    public void addFederatedIdentity(RealmModel realm, String userId, FederatedIdentityModel link) {
        UserModel user = session.users().getUserById(realm, userId);
        if (user != null) {
            new LinkDoor(session).mayLink(realm, user);
        }
        super.addFederatedIdentity(realm, userId, link);
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, String userId, CredentialModel credential) {
        return door.stored(realm, userId, super.createCredential(realm, userId, credential));
    }

    @Override
    public boolean removeStoredCredential(RealmModel realm, UserModel user, String id) {
        return door.remove(
                realm,
                user,
                getStoredCredentialById(realm, user, id),
                () -> super.removeStoredCredential(realm, user, id));
    }

    @Override
    public void updateCredential(RealmModel realm, UserModel user, CredentialModel changed) {
        door.mayChange(realm, user, getStoredCredentialById(realm, user, changed.getId()), changed);
        super.updateCredential(realm, user, changed);
    }
}
