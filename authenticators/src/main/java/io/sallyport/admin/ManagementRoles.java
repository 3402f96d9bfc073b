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
final class ManagementRoles {

    private final RealmModel realm;

    ManagementRoles(RealmModel realm) {
        this.realm = realm;
    }

    /** The client whose roles count for administrators of that realm; absent if somebody deleted it. */
    Optional<ClientModel> clientFor(RealmModel administrators) {
        return AdminRoles.isAdminRealm(administrators.getName()) ? inMaster() : own();
    }

    /** Puts them in place; whether any of it was missing. */
    boolean putInPlace() {
        long missing = own().map(client -> put(client, client.getRole(AdminRoles.REALM_ADMIN)))
                        .orElse(0L)
                + inMaster()
                        .map(client -> put(client, client.getRealm().getRole(AdminRoles.ADMIN)))
                        .orElse(0L);
        return missing > 0;
    }

    /** The master realm has only the other one, as it has for Keycloak's own roles. */
    private Optional<ClientModel> own() {
        return AdminRoles.isAdminRealm(realm.getName())
                ? Optional.empty()
                : Optional.ofNullable(realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID));
    }

    private Optional<ClientModel> inMaster() {
        return Optional.ofNullable(realm.getMasterAdminClient());
    }

    private static long put(ClientModel client, @Nullable RoleModel top) {
        long made = Arrays.stream(Permission.values())
                .filter(permission -> make(client, permission))
                .count();
        long joined = Arrays.stream(Permission.values())
                .filter(child -> child.parent()
                        .filter(parent -> join(client.getRole(parent.role()), client.getRole(child.role())))
                        .isPresent())
                .count();
        boolean topped = top != null && join(top, client.getRole(Permission.ALL.role()));
        return made + joined + (topped ? 1 : 0);
    }

    private static boolean make(ClientModel client, Permission permission) {
        if (client.getRole(permission.role()) != null) {
            return false;
        }
        client.addRole(permission.role()).setDescription(permission.help());
        return true;
    }

    private static boolean join(RoleModel parent, RoleModel child) {
        if (parent.getCompositesStream().anyMatch(child::equals)) {
            return false;
        }
        parent.addCompositeRole(child);
        return true;
    }
}
