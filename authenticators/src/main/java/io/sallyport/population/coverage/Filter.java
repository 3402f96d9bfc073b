package io.sallyport.population.coverage;

import io.sallyport.population.Structure;
import io.sallyport.population.Structure.Named;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Of people's groups and roles only those that matter, unless they are too many to name. */
final class Filter {

    /** With more of them a statement is no faster for naming them. */
    private static final int MOST = 500;

    private final Set<String> groups;
    private final Set<String> roles;

    /** What brings somebody one of the named things. */
    Filter(Structure structure, Named named) {
        groups = named.equals(Named.NONE) ? Set.of() : structure.groupsThatBring(named);
        roles = named.roles().isEmpty() ? Set.of() : structure.rolesThatBring(named);
    }

    List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        if (!groups.isEmpty()) {
            columns.add(Columns.groups(isNamed(groups) ? "x.groupId in (:groups)" : Columns.ALL));
        }
        if (!roles.isEmpty()) {
            columns.add(Columns.roles(isNamed(roles) ? "x.roleId in (:roles)" : Columns.ALL));
        }
        return columns;
    }

    void bind(Query query) {
        if (isNamed(groups)) {
            query.setParameter("groups", groups);
        }
        if (isNamed(roles)) {
            query.setParameter("roles", roles);
        }
    }

    private static boolean isNamed(Set<String> ids) {
        return !ids.isEmpty() && ids.size() <= MOST;
    }
}
