package io.sallyport.admin;

import io.sallyport.policy.rules.Directory;
import java.util.Optional;
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
}
