package io.sallyport.population;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The groups of a realm: who stands above whom, and which roles they give. */
final class Groups {

    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Set<String>> roles;

    Groups(Tables tables) {
        // type 0: what belongs to an organization is no group of its users, as Keycloak tells them
        tables.ofRealm(
                        "select g.id, g.parentId, g.name from GroupEntity g where g.realm = :realm and g.type = 0",
                        Object[].class)
                .getResultList()
                .forEach(row -> {
                    parents.put((String) row[0], (String) row[1]);
                    names.put((String) row[0], (String) row[2]);
                });
        roles = tables.pairs(
                "select g.id, m.roleId from GroupRoleMappingEntity m join m.group g where g.realm = :realm");
    }

    /** Ids of all of them. */
    Set<String> ids() {
        return parents.keySet();
    }

    /** The names from the top, as Keycloak writes them. */
    String path(String group, boolean escaping) {
        Deque<String> path = new ArrayDeque<>();
        for (String at = group; names.containsKey(at); at = String.valueOf(parents.get(at))) {
            path.addFirst(names.get(at));
        }
        return KeycloakModelUtils.buildGroupPath(escaping, path.toArray(String[]::new));
    }

    /** These groups and all above them; ids of no group of the realm are left out. */
    Set<String> upwards(Collection<String> groups) {
        Set<String> all = new HashSet<>();
        for (String group : groups) {
            String at = group;
            while (parents.containsKey(at) && all.add(at)) {
                at = parents.get(at);
            }
        }
        return all;
    }

    /** Ids of the roles that these very groups give. */
    Set<String> roles(Collection<String> groups) {
        Set<String> ids = new HashSet<>();
        groups.forEach(group -> ids.addAll(roles.getOrDefault(group, Set.of())));
        return ids;
    }
}
