package io.sallyport.population.coverage;

import io.sallyport.policy.Grace;
import io.sallyport.population.Structure;
import io.sallyport.population.Structure.Named;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The active users of a realm as the policy can know them: counted by what they have in common, or one by one. */
final class Census {

    private static final int FETCH_SIZE = 2_000;

    static final String OWN = " exists (select 1 from MfaRule y where y.realmId = :realm and y.userId = u.id)";

    private final EntityManager em;
    private final String realmId;
    private final KnownRules rules;
    private final Structure structure;
    private final Instant now;
    private final boolean ownRules;

    Census(KeycloakSession session, RealmModel realm, KnownRules rules, Structure structure, Instant now) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realm.getId();
        this.rules = rules;
        this.structure = structure;
        this.now = now;
        this.ownRules = !em.createQuery(
                        "select 1 from MfaRule y where y.realmId = :realm and y.userId is not null", Integer.class)
                .setParameter("realm", realmId)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** Whether there are rules about single users. */
    boolean hasOwnRules() {
        return ownRules;
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
                + " where " + Columns.ACTIVE + (ownRules ? " and not" + OWN : "");
        TypedQuery<Tuple> query = query("select count(s.id) as n, "
                + columns.each(column -> "s." + column.name() + " as " + column.name()) + " from (" + each
                + ") s group by " + columns.each(column -> "s." + column.name()));
        query.setParameter("now", now.toEpochMilli());
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
                + " from UserEntity u" + columns.joins() + " where " + Columns.ACTIVE
                + (ownRules ? " and not" + OWN : "")
                + state.where());
        query.setParameter("now", now.toEpochMilli());
        filter.bind(query);
        return lines(query, columns);
    }

    /** One by one in no order, those who have rules of their own. */
    Stream<Line> withOwnRules(State state) {
        ColumnList columns = alone(State.ALL);
        TypedQuery<Tuple> query = query(alone(columns) + " and" + OWN + state.where());
        query.setParameter("now", now.toEpochMilli());
        return lines(query, columns);
    }

    /** The first so many after a name, up to another one if there is one, in the order of their names. */
    List<Line> after(State state, String name, Optional<String> last, int most) {
        ColumnList columns = alone(state);
        Optional<Exempting> exempting = Optional.of(state)
                .filter(State.EXEMPT::equals)
                .map(exempt -> new Exempting(rules, structure, ownRules));
        if (exempting.filter(Exempting::isNobody).isPresent()) {
            return List.of();
        }
        TypedQuery<Tuple> query = query(alone(columns) + " and u.username > :after"
                + (last.isPresent() ? " and u.username <= :last" : "") + state.where()
                + exempting.map(Exempting::where).orElse("") + " order by u.username");
        query.setParameter("now", now.toEpochMilli())
                .setParameter("after", name)
                .setMaxResults(most);
        last.ifPresent(end -> query.setParameter("last", end));
        exempting.ifPresent(some -> some.bind(query));
        return lines(query, columns).toList();
    }

    /** The name that comes so many users later; absent if there are not as many. */
    Optional<String> later(String name, int users) {
        return em.createQuery(
                        "select u.username from UserEntity u where u.realmId = :realm and u.username > :after"
                                + " order by u.username",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("after", name)
                .setFirstResult(users - 1)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** What is gathered of few users: all that their own rules may ask for, or else what the known ones do. */
    private ColumnList alone(State state) {
        List<Column> columns = new ArrayList<>(List.of(Columns.lockedUntil()));
        if (!state.isWithoutFactor()) {
            columns.add(Columns.methods());
        }
        if (ownRules || !rules.named().equals(Named.NONE)) {
            columns.add(Columns.groups(Columns.ALL));
        }
        if (ownRules || !rules.named().roles().isEmpty()) {
            columns.add(Columns.roles(Columns.ALL));
        }
        if (ownRules || !rules.graces().isEmpty()) {
            columns.add(Columns.graces());
        }
        return new ColumnList(columns);
    }

    private static String alone(ColumnList columns) {
        return "select u.id as id, u.username as username, " + columns.each(Column::alone) + " from UserEntity u where "
                + Columns.ACTIVE;
    }

    private TypedQuery<Tuple> query(String text) {
        return em.createQuery(text, Tuple.class)
                .setParameter("realm", realmId)
                .setHint(HibernateHints.HINT_FETCH_SIZE, FETCH_SIZE);
    }

    private void bindGraces(TypedQuery<Tuple> query) {
        for (int at = 0; at < rules.graces().size(); at++) {
            Grace given = rules.graces().get(at);
            query.setParameter("since" + at, GraceUses.since(given, now));
            query.setParameter("most" + at, GraceUses.most(given));
        }
    }

    private static Stream<Line> lines(TypedQuery<Tuple> query, ColumnList columns) {
        return query.getResultStream()
                .map(row -> new Line(
                        row.get("id", String.class),
                        row.get("username", String.class),
                        columns.signature(row),
                        Optional.ofNullable((Long) row.get("l")).map(Instant::ofEpochMilli)));
    }
}
