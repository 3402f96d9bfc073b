package io.sallyport.admin;

import io.sallyport.policy.Network;
import io.sallyport.policy.address.StrictAddresses;
import io.sallyport.policy.rules.Directory;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.organization.OrganizationProvider;

/** Finds users, groups and organizations of a realm by the names that administrators use. */
final class KeycloakDirectory implements Directory {

    private final KeycloakSession session;
    private final RealmModel realm;

    KeycloakDirectory(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    @Override
    public Optional<String> user(String username) {
        return Optional.ofNullable(session.users().getUserByUsername(realm, username))
                .map(UserModel::getId);
    }

    /** By the username first, which is what rules are shown with. */
    @Override
    public Optional<String> owner(String user) {
        return user(user)
                .or(() -> Optional.ofNullable(session.users().getUserById(realm, user))
                        .map(UserModel::getId));
    }

    @Override
    public Optional<String> group(String path) {
        return Optional.ofNullable(KeycloakModelUtils.findGroupByPath(session, realm, path))
                .map(GroupModel::getId);
    }

    @Override
    public Optional<String> organization(String alias) {
        return Optional.ofNullable(
                        session.getProvider(OrganizationProvider.class).getByAlias(alias))
                .map(OrganizationModel::getId);
    }

    /** The username of an id; the id itself if the user can't be found now. */
    String username(String id) {
        return Optional.ofNullable(session.users().getUserById(realm, id))
                .map(UserModel::getUsername)
                .orElse(id);
    }

    /** The path of a group; its id if it can't be found now. */
    String groupPath(String id) {
        return Optional.ofNullable(session.groups().getGroupById(realm, id))
                .map(KeycloakModelUtils::buildGroupPath)
                .orElse(id);
    }

    /** The alias of an organization; its id if it can't be found now. */
    String alias(String id) {
        return Optional.ofNullable(
                        session.getProvider(OrganizationProvider.class).getById(id))
                .map(OrganizationModel::getAlias)
                .orElse(id);
    }

    @Override
    public boolean hasRole(String role) {
        if (realm.getRole(role) != null) {
            return true;
        }
        // both client ids and role names may hold a slash
        for (int slash = role.indexOf('/'); slash >= 0; slash = role.indexOf('/', slash + 1)) {
            ClientModel client = realm.getClientByClientId(role.substring(0, slash));
            if (client != null && client.getRole(role.substring(slash + 1)) != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean hasClient(String clientId) {
        return realm.getClientByClientId(clientId) != null;
    }

    @Override
    public boolean hasIdentityProvider(String alias) {
        return session.identityProviders().getByAlias(alias) != null;
    }

    @Override
    public Optional<Network> network(String text) {
        return StrictAddresses.network(text);
    }
}
