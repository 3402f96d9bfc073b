package io.sallyport.population.coverage;

import io.sallyport.population.Structure;
import io.sallyport.population.Structure.Named;
import jakarta.persistence.Query;
import java.util.Set;

/** Whom exceptions can be about: members of some groups, and whoever has rules of his own. Nobody else is exempt. */
final class Exempting {

    /** With more of them a statement is no faster for naming them. */
    private static final int MOST = 500;

    private final Set<String> groups;
    private final boolean ownRules;

    Exempting(KnownRules rules, Structure structure, boolean ownRules) {
        Named named = rules.exempting();
        this.groups = named.equals(Named.NONE) ? Set.of() : structure.groupsThatBring(named);
        this.ownRules = ownRules;
    }

    /** Whether there is nobody. */
    boolean isNobody() {
        return groups.isEmpty() && !ownRules;
    }

    /** All of them, and perhaps others. */
    String where() {
        if (groups.size() > MOST) {
            return "";
        }
        String members =
                " exists (select 1 from UserGroupMembershipEntity x where x.user.id = u.id and x.groupId in (:exempting))";
        if (groups.isEmpty()) {
            return " and" + Census.OWN;
        }
        return ownRules ? " and (" + members + " or" + Census.OWN + ")" : " and" + members;
    }

    void bind(Query query) {
        if (!groups.isEmpty() && groups.size() <= MOST) {
            query.setParameter("exempting", groups);
        }
    }
}
