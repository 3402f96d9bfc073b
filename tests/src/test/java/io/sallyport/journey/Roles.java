package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The roles of one client that administers a realm.
 *
 * @param realm where the client is
 */
record Roles(AdminApi admin, String realm, String clientId) {

    /** Those for the realm's own administrators. */
    static Roles of(MfaRealm realm) {
        return new Roles(realm.admin(), realm.name(), "realm-management");
    }

    /** Those for administrators of the master realm. */
    static Roles inMaster(AdminApi admin, String realm) {
        return new Roles(admin, "master", realm + "-realm");
    }

    /** Names of the roles that begin like this. */
    Set<String> names(String prefix) {
        return sorted(admin.get(path() + "/roles?max=1000"), prefix);
    }

    /** Names of the roles directly inside this one. */
    Set<String> inside(String role, String prefix) {
        return sorted(admin.get(path() + "/roles/" + role + "/composites"), prefix);
    }

    /** Gives a user this role. */
    void grant(String userId, String role) {
        admin.post(realm + "/users/" + userId + "/role-mappings/clients/" + id(), List.of(role(role)));
    }

    /** Takes it away again. */
    void take(String userId, String role) {
        admin.send(
                        "DELETE",
                        realm + "/users/" + userId + "/role-mappings/clients/" + id(),
                        Json.write(List.of(role(role))))
                .expect(204);
    }

    Reply delete(String role) {
        return admin.delete(path() + "/roles/" + role);
    }

    private JsonNode role(String name) {
        return admin.get(path() + "/roles/" + name);
    }

    private String path() {
        return realm + "/clients/" + id();
    }

    private String id() {
        return admin.get(realm + "/clients?clientId=" + clientId)
                .path(0)
                .path("id")
                .asText();
    }

    private static Set<String> sorted(JsonNode roles, String prefix) {
        Set<String> names = new TreeSet<>();
        roles.findValuesAsText("name").stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(names::add);
        return names;
    }
}
