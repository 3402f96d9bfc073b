package io.sallyport.gate;

import jakarta.persistence.EntityManager;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.JpaUserProvider;

/**
 * Keycloak's store of users, which lets a factor go, and a link to an identity provider come, only past the guards. It is
 * the one place that the account console, its REST, flows, required actions and the administration all pass (Keycloak
 * 26.7): none of them asks the credential's provider.
 */
final class GuardedUsers extends JpaUserProvider {

    private final KeycloakSession session;
    private final FactorDoor door;

    GuardedUsers(KeycloakSession session, EntityManager em) {
        super(session, em);
        this.session = session;
        this.door = new FactorDoor(session);
    }

    @Override
    public void addFederatedIdentity(RealmModel realm, UserModel user, FederatedIdentityModel link) {
        new LinkDoor(session).mayLink(realm, user);
        super.addFederatedIdentity(realm, user, link);
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credential) {
        return door.stored(realm, user.getId(), super.createCredential(realm, user, credential));
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
