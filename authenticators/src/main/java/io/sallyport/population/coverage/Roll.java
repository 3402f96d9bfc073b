package io.sallyport.population.coverage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.jpa.HibernateHints;

/**
 * The active users of a realm in the order of their names, some at a time. Which of them a statement looks at is said by a limit
 * inside of it, and not left to what the database guesses: so a page takes the same time wherever it stands.
 */
final class Roll {

    /** So many users are looked at for one page at most. */
    static final int FAR = 5_000;

    /** So many at first. */
    private static final int NEAR = 2_000;

    private static final String INDEXED = " from UserEntity v where v.realmId = :realm and v.username > :after";

    private final EntityManager em;
    private final String realmId;
    private final KnownRules rules;
    private final Sieve sieve;
    private final Scarce scarce;

    Roll(EntityManager em, String realmId, KnownRules rules, Sieve sieve, Scarce scarce) {
        this.em = em;
        this.realmId = realmId;
        this.rules = rules;
        this.sieve = sieve;
        this.scarce = scarce;
    }

    /** Whether there are so few users who may be in this state that they are better sought than come upon. */
    boolean seeks(State state) {
        return scarce.isFew(state);
    }

    /** The first so many after a name, of those few who may be in this state. */
    List<Line> sought(State state, String name, int most) {
        // not by the index of names: all of them together are fewer than those whom it would pass by
        return lines(
                state,
                "UserEntity u where " + Columns.ACTIVE + " and u.username > :after" + scarce.sought(state)
                        + " order by concat(u.username, '')",
                Map.of("after", name),
                most);
    }

    /** The first so many who may be in this state, of the users who come next after a name. */
    List<Line> near(State state, String name, int most) {
        return lines(state, window(state, "", NEAR), Map.of("after", name), most);
    }

    /** The first so many who may be in this state after a name, up to another one if there is one. */
    List<Line> upTo(State state, String name, Optional<String> end, int most) {
        return end.map(last -> lines(
                        state, window(state, " and v.username <= :end", FAR), Map.of("after", name, "end", last), most))
                .orElseGet(() -> lines(state, window(state, "", FAR), Map.of("after", name), most));
    }

    /** The last name of those who are looked at for a page after a name; absent if they are all who are left. */
    Optional<String> last(String name) {
        return em.createQuery("select v.username" + INDEXED + " order by v.username", String.class)
                .setParameter("realm", realmId)
                .setParameter("after", name)
                .setFirstResult(FAR - 1)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    private String window(State state, String upTo, int users) {
        return "(select v.id as id, v.username as username, v.enabled as enabled, v.serviceAccountClientLink as link"
                + INDEXED + upTo + " order by v.username limit " + users
                + ") u where u.enabled = true and u.link is null"
                + sieve.where(state) + (state == State.EXEMPT ? scarce.met() : "") + " order by u.username";
    }

    private List<Line> lines(State state, String from, Map<String, String> names, int most) {
        ColumnList columns = ColumnList.alone(state, rules);
        TypedQuery<Tuple> query = em.createQuery(
                        "select u.id as id, u.username as username, " + columns.each(Column::alone) + " from " + from,
                        Tuple.class)
                .setMaxResults(most)
                // all at once, and the end with them: Keycloak's own size makes a round trip of every hundred rows
                .setHint(HibernateHints.HINT_FETCH_SIZE, most + 1);
        names.forEach(query::setParameter);
        scarce.bind(query);
        return columns.lines(query).toList();
    }
}
