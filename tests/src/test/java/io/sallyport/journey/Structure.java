package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Groups, roles and organizations of a test realm, and who is in them. */
final class Structure {

    private final MfaRealm realm;

    Structure(MfaRealm realm) {
        this.realm = realm;
    }

    /** A top group; its id. */
    String group(String name) {
        return AdminApi.idOf(realm.admin().post(realm.name() + "/groups", Map.of("name", name)));
    }

    /** A group in another one; its id. */
    String group(String name, String parent) {
        return AdminApi.idOf(
                realm.admin().post(realm.name() + "/groups/" + parent + "/children", Map.of("name", name)));
    }

    void join(Member member, String group) {
        realm.admin().put(realm.name() + "/users/" + member.id() + "/groups/" + group, Map.of());
    }

    /** A realm role. */
    JsonNode role(String name) {
        realm.admin().post(realm.name() + "/roles", Map.of("name", name));
        for (JsonNode role : realm.admin().get(realm.name() + "/roles")) {
            if (role.path("name").asText().equals(name)) {
                return role; // a name may hold a slash, which no path takes
            }
        }
        throw new Unexpected("roles", "no " + name, name);
    }

    /** A new role of a client. */
    JsonNode role(String clientId, String name) {
        realm.admin().post(realm.name() + "/clients/" + client(clientId) + "/roles", Map.of("name", name));
        return existing(clientId, name);
    }

    /** A role that the client has already. */
    JsonNode existing(String clientId, String name) {
        return realm.admin().get(realm.name() + "/clients/" + client(clientId) + "/roles/" + name);
    }

    /** Makes one role a part of another. */
    void compose(JsonNode role, JsonNode part) {
        realm.admin().post(realm.name() + "/roles-by-id/" + role.path("id").asText() + "/composites", List.of(part));
    }

    void give(Member member, JsonNode role) {
        map("/users/" + member.id(), role);
    }

    void giveGroup(String group, JsonNode role) {
        map("/groups/" + group, role);
    }

    /** An organization; its id. */
    String organization(String alias, boolean enabled) {
        Map<String, Object> domain = Map.of("name", alias + ".example");
        String id = AdminApi.idOf(realm.admin()
                .post(
                        realm.name() + "/organizations",
                        Map.of("name", alias, "alias", alias, "enabled", true, "domains", List.of(domain))));
        if (!enabled) {
            realm.admin()
                    .put(
                            realm.name() + "/organizations/" + id,
                            Map.of("name", alias, "alias", alias, "enabled", false, "domains", List.of(domain)));
        }
        return id;
    }

    void enter(Member member, String organization) {
        realm.admin().post(realm.name() + "/organizations/" + organization + "/members", member.id());
    }

    private String client(String clientId) {
        return realm.admin()
                .get(realm.name() + "/clients?clientId=" + clientId)
                .path(0)
                .path("id")
                .asText();
    }

    private void map(String whose, JsonNode role) {
        String kind = role.path("clientRole").asBoolean()
                ? "/role-mappings/clients/" + role.path("containerId").asText()
                : "/role-mappings/realm";
        realm.admin().post(realm.name() + whose + kind, List.of(role));
    }
}
