package io.sallyport.admin;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/**
 * The {@code mfa.*} roles of a realm: on its own management client for its own administrators, and on its client in the
 * master realm for those of that realm. They outlive the set-up: to take them away would drop every grant ever made.
 */
final class ManagementRoles implements Fixture {

    private final RealmModel realm;

    ManagementRoles(RealmModel realm) {
        this.realm = realm;
    }

    /** The client whose roles count for administrators of that realm; absent if somebody deleted it. */
    Optional<ClientModel> clientFor(RealmModel administrators) {
        return AdminRoles.isAdminRealm(administrators.getName()) ? inMaster() : own();
    }

    @Override
    public String name() {
        return "roles " + Permission.ALL.role() + ".*";
    }

    @Override
    public boolean isMissing() {
        return own().filter(client -> lacks(client, client.getRole(AdminRoles.REALM_ADMIN)))
                        .isPresent()
                || inMaster()
                        .filter(client -> lacks(client, client.getRealm().getRole(AdminRoles.ADMIN)))
                        .isPresent();
    }

    @Override
    public void putInPlace() {
        own().ifPresent(client -> put(client, client.getRole(AdminRoles.REALM_ADMIN)));
        inMaster().ifPresent(client -> put(client, client.getRealm().getRole(AdminRoles.ADMIN)));
    }

    @Override
    public boolean isThere() {
        return false;
    }

    @Override
    public void takeAway() {}

    /** The master realm has only the other one, as it has for Keycloak's own roles. */
    private Optional<ClientModel> own() {
        return AdminRoles.isAdminRealm(realm.getName())
                ? Optional.empty()
                : Optional.ofNullable(realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID));
    }

    private Optional<ClientModel> inMaster() {
        return Optional.ofNullable(realm.getMasterAdminClient());
    }

    private static boolean lacks(ClientModel client, @Nullable RoleModel top) {
        return Arrays.stream(Permission.values()).anyMatch(permission -> client.getRole(permission.role()) == null)
                || Arrays.stream(Permission.values())
                        .anyMatch(child -> child.parent()
                                .filter(parent -> lacks(client.getRole(parent.role()), client.getRole(child.role())))
                                .isPresent())
                || (top != null && lacks(top, client.getRole(Permission.ALL.role())));
    }

    private static boolean lacks(RoleModel parent, RoleModel child) {
        return parent.getCompositesStream().noneMatch(child::equals);
    }

    private static void put(ClientModel client, @Nullable RoleModel top) {
        for (Permission permission : Permission.values()) {
            if (client.getRole(permission.role()) == null) {
                client.addRole(permission.role()).setDescription(permission.help());
            }
        }
        for (Permission child : Permission.values()) {
            child.parent().ifPresent(parent -> join(client.getRole(parent.role()), client.getRole(child.role())));
        }
        if (top != null) {
            join(top, client.getRole(Permission.ALL.role()));
        }
    }

    private static void join(RoleModel parent, RoleModel child) {
        if (lacks(parent, child)) {
            parent.addCompositeRole(child);
        }
    }
}
