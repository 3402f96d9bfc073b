package io.sallyport.population.coverage;

import io.sallyport.population.Structure;
import io.sallyport.population.Structure.Named;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Parameter;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whom the lists of the locked, of those in grace and of the exempt can be about: whoever has a lock or a grace; members of the
 * groups of exceptions and whoever has rules of his own. Each statement reads users of whom there are mostly few.
 */
final class Scarce {

    /** With more of them a statement is no faster for naming them. */
    private static final int MOST_GROUPS = 500;

    private static final String OWNERS =
            "select y.userId from MfaRule y where y.realmId = :realm and y.userId is not null";
    private static final String GRACED =
            "select x.userId from MfaGrace x where x.realmId = :realm and (x.endsAt = 0 or x.endsAt > :now)";
    private static final String LOCKED =
            "select x.userId from MfaThrottle x where x.realmId = :realm and x.lockedUntil > :now";
    private static final String MEMBERS =
            "select x.user.id from UserGroupMembershipEntity x where x.groupId in (:exempting)";
    private static final String MEMBER =
            " exists (select 1 from UserGroupMembershipEntity x where x.user.id = u.id and x.groupId in (:exempting))";

    private final EntityManager em;
    private final KnownRules rules;
    private final Structure structure;
    private final Map<String, Object> parameters = new HashMap<>();

    Scarce(EntityManager em, String realmId, KnownRules rules, Structure structure, Instant now) {
        this.em = em;
        this.rules = rules;
        this.structure = structure;
        parameters.put("realm", realmId);
        parameters.put("now", now.toEpochMilli());
    }

    /** Whether there are so few who may be in this state that they are better sought than come upon. */
    boolean isFew(State state) {
        return switch (state) {
            case LOCKED -> true;
            case GRACE -> isFew(GRACED);
            case EXEMPT ->
                groups().size() <= MOST_GROUPS
                        && exempt(MEMBERS, OWNERS).stream().allMatch(this::isFew);
            case ALL, MISSING, ENROLLED, REQUIRED_MISSING, SMS_ONLY, PHISHING_RESISTANT -> false;
        };
    }

    /** Of users {@code u} all who may be in this state, sought. */
    String sought(State state) {
        List<String> all =
                state == State.EXEMPT ? exempt(MEMBERS, OWNERS) : List.of(state == State.GRACE ? GRACED : LOCKED);
        return all.isEmpty() ? " and 1 = 0" : " and u.id in (" + String.join(" union ", all) + ")";
    }

    /** Of users {@code u}, come upon, those who may be exempt. */
    String met() {
        List<String> all = groups().size() <= MOST_GROUPS ? exempt(MEMBER, Columns.OWN) : List.of();
        return all.isEmpty() ? "" : " and (" + String.join(" or ", all) + ")";
    }

    /** Those parameters that a statement has. */
    void bind(Query query) {
        query.getParameters().stream()
                .map(Parameter::getName)
                .filter(parameters::containsKey)
                .forEach(name -> query.setParameter(name, parameters.get(name)));
    }

    private boolean isFew(String users) {
        TypedQuery<String> query = em.createQuery(users, String.class);
        bind(query);
        return query.setFirstResult(Roll.FAR).setMaxResults(1).getResultList().isEmpty();
    }

    private List<String> exempt(String members, String owners) {
        List<String> all = new ArrayList<>();
        if (!groups().isEmpty()) {
            all.add(members);
        }
        if (rules.own()) {
            all.add(owners);
        }
        return all;
    }

    /** Ids of the groups that bring an exception. */
    private Set<?> groups() {
        return (Set<?>) parameters.computeIfAbsent(
                "exempting",
                name -> rules.exempting().equals(Named.NONE) ? Set.of() : structure.groupsThatBring(rules.exempting()));
    }
}
