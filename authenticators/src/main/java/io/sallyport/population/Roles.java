package io.sallyport.population;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.RealmModel;

/** The roles of a realm and of its clients, with what they are made of. */
final class Roles {

    private final Map<String, String> names = new HashMap<>();
    private final Set<String> administrative = new HashSet<>();
    private final Map<String, Set<String>> parts;

    Roles(Tables tables, RealmModel realm) {
        tables.ofRealm(
                        "select r.id, r.name, c.clientId from RoleEntity r"
                                + " left join ClientEntity c on c.id = r.clientId where r.realmId = :realm",
                        Object[].class)
                .getResultList()
                .forEach(row -> add(realm, (String) row[0], (String) row[1], Optional.ofNullable((String) row[2])));
        parts = tables.pairs("select p.id, c.childRole.id from CompositeRoleEntity c join c.parentRole p"
                + " where p.realmId = :realm");
    }

    private void add(RealmModel realm, String id, String name, Optional<String> client) {
        names.put(id, client.map(of -> of + "/" + name).orElse(name));
        boolean administers = client.map(of -> AdminRoles.isAdminClient(realm, of))
                .orElseGet(
                        () -> AdminRoles.isAdminRealm(realm.getName()) && AdminRoles.REALM_LEVEL_ROLES.contains(name));
        if (administers) {
            administrative.add(id);
        }
    }

    /** Ids of all of them. */
    Set<String> ids() {
        return names.keySet();
    }

    /** Ids of these roles and of all that they are made of. */
    Set<String> effective(Collection<String> roles) {
        Set<String> all = new HashSet<>();
        Deque<String> left = new ArrayDeque<>(roles);
        while (!left.isEmpty()) {
            String role = left.pop();
            if (names.containsKey(role) && all.add(role)) {
                left.addAll(parts.getOrDefault(role, Set.of()));
            }
        }
        return all;
    }

    /** The names of these roles, as conditions of rules have them. */
    Set<String> names(Collection<String> roles) {
        Set<String> found = new HashSet<>();
        roles.forEach(role -> Optional.ofNullable(names.get(role)).ifPresent(found::add));
        return found;
    }

    /** Whether one of them is a role of the administration. */
    boolean anyAdministrative(Collection<String> roles) {
        return roles.stream().anyMatch(administrative::contains);
    }
}
