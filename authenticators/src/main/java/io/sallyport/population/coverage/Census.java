package io.sallyport.population.coverage;

import io.sallyport.policy.Grace;
import io.sallyport.population.Structure;
import io.sallyport.population.Structure.Named;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;

/** The active users of a realm as the policy can know them, all of them: counted by what they have in common, or one by one. */
final class Census {

    private static final int FETCH_SIZE = 2_000;

    private static final String OTHERS = " and not" + Columns.OWN;

    private final EntityManager em;
    private final String realmId;
    private final KnownRules rules;
    private final Structure structure;
    private final Sieve sieve;
    private final Instant now;

    Census(EntityManager em, String realmId, KnownRules rules, Structure structure, Sieve sieve, Instant now) {
        this.em = em;
        this.realmId = realmId;
        this.rules = rules;
        this.structure = structure;
        this.sieve = sieve;
        this.now = now;
    }

    /** Everybody who has no rules of his own, counted apart also by what is named here. */
    Stream<Alike> alike(Named named) {
        Filter filter = new Filter(structure, named.and(rules.named()));
        List<Column> needed = new ArrayList<>(filter.columns());
        needed.add(Columns.methods());
        needed.add(Columns.locked());
        if (!rules.graces().isEmpty()) {
            needed.add(Columns.graces(rules.graces()));
        }
        ColumnList columns = new ColumnList(needed);
        String each = "select u.id as id, " + columns.each(Column::joined) + " from UserEntity u" + columns.joins()
                + " where " + Columns.ACTIVE + (rules.own() ? OTHERS : "");
        TypedQuery<Tuple> query = query("select count(s.id) as n, "
                + columns.each(column -> "s." + column.name() + " as " + column.name()) + " from (" + each
                + ") s group by " + columns.each(column -> "s." + column.name()));
        filter.bind(query);
        bindGraces(query);
        return query.getResultStream()
                .map(row ->
                        new Alike(columns.signature(row), row.get("l") != null, ((Number) row.get("n")).longValue()));
    }

    /** One by one in no order, without those who have rules of their own. */
    Stream<Line> everybody(State state) {
        Filter filter = new Filter(structure, rules.named());
        List<Column> needed = new ArrayList<>(filter.columns());
        needed.addAll(List.of(Columns.methods(), Columns.lockedUntil()));
        if (!rules.graces().isEmpty()) {
            needed.add(Columns.graces());
        }
        ColumnList columns = new ColumnList(needed);
        TypedQuery<Tuple> query = query("select u.id as id, u.username as username, " + columns.each(Column::joined)
                + " from UserEntity u" + columns.joins() + " where " + Columns.ACTIVE + (rules.own() ? OTHERS : "")
                + sieve.where(state));
        filter.bind(query);
        return columns.lines(query);
    }

    /** One by one in no order, those who have rules of their own. */
    Stream<Line> withOwnRules(State state) {
        ColumnList columns = ColumnList.alone(State.ALL, rules);
        return columns.lines(query("select u.id as id, u.username as username, " + columns.each(Column::alone)
                + " from UserEntity u where " + Columns.ACTIVE + " and" + Columns.OWN + sieve.where(state)));
    }

    private TypedQuery<Tuple> query(String text) {
        return em.createQuery(text, Tuple.class)
                .setParameter("realm", realmId)
                .setParameter("now", now.toEpochMilli())
                .setHint(HibernateHints.HINT_FETCH_SIZE, FETCH_SIZE);
    }

    private void bindGraces(Query query) {
        for (int at = 0; at < rules.graces().size(); at++) {
            Grace given = rules.graces().get(at);
            query.setParameter("since" + at, GraceUses.since(given, now));
            query.setParameter("most" + at, GraceUses.most(given));
        }
    }
}
