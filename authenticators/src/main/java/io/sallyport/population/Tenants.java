package io.sallyport.population;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.RealmModel;

/** The organizations of a realm that count: none if it does not use them, and no disabled one. */
final class Tenants {

    private final Map<String, String> byGroup = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();

    Tenants(Tables tables, RealmModel realm) {
        if (realm.isOrganizationsEnabled()) {
            tables.ofRealm(
                            "select o.groupId, o.id, o.alias from OrganizationEntity o"
                                    + " where o.realmId = :realm and o.enabled = true",
                            Object[].class)
                    .getResultList()
                    .forEach(row -> {
                        byGroup.put((String) row[0], (String) row[1]);
                        aliases.put((String) row[1], (String) row[2]);
                    });
        }
    }

    /** Ids of all of them. */
    Set<String> ids() {
        return aliases.keySet();
    }

    /** Ids of the groups behind them. */
    Set<String> groups() {
        return byGroup.keySet();
    }

    /** What administrators call one of them. */
    String alias(String id) {
        return aliases.getOrDefault(id, id);
    }

    /** Ids of the organizations whose members are in these groups: Keycloak keeps members in a group of its own. */
    Set<String> of(Collection<String> groups) {
        return groups.stream()
                .flatMap(group -> Optional.ofNullable(byGroup.get(group)).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
