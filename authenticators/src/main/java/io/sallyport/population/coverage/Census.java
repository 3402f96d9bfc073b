package io.sallyport.population.coverage;

import io.sallyport.policy.Grace;
import io.sallyport.population.Structure;
import io.sallyport.population.Structure.Named;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The active users of a realm as the policy can know them: counted by what they have in common, or one by one. */
final class Census {

    private static final int FETCH_SIZE = 2_000;

    private static final String OWN = " exists (select 1 from MfaRule y where y.realmId = :realm and y.userId = u.id)";

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

    /**
     * One user.
     *
     * @param lockedUntil the end of his lock
     */
    record Line(String id, String username, Signature signature, Optional<Instant> lockedUntil) {}

    /** So many users who are alike. */
    record Alike(Signature signature, boolean locked, long count) {}

    /** Whether there are rules about single users. */
    boolean hasOwnRules() {
        return ownRules;
    }

    /** Everybody who has no rules of his own, counted apart also by what is named here. */
    Stream<Alike> alike(Named named) {
        Filter filter = new Filter(structure, named.and(rules.named()));
        List<Column> columns = new ArrayList<>(filter.columns());
        columns.add(Columns.methods());
        columns.add(Columns.locked());
        if (!rules.graces().isEmpty()) {
            columns.add(Columns.graces(rules.graces()));
        }
        String each = "select u.id as id, " + names(columns, Column::joined) + " from UserEntity u" + joins(columns)
                + " where " + Columns.ACTIVE + (ownRules ? " and not" + OWN : "");
        TypedQuery<Tuple> query = query("select count(s.id) as n, "
                + names(columns, column -> "s." + column.name() + " as " + column.name()) + " from (" + each
                + ") s group by " + names(columns, column -> "s." + column.name()));
        query.setParameter("now", now.toEpochMilli());
        filter.bind(query);
        bindGraces(query);
        return query.getResultStream()
                .map(row ->
                        new Alike(signature(row, columns), row.get("l") != null, ((Number) row.get("n")).longValue()));
    }

    /** One by one in no order, without those who have rules of their own. */
    Stream<Line> everybody(State state) {
        Filter filter = new Filter(structure, rules.named());
        List<Column> columns = new ArrayList<>(filter.columns());
        columns.addAll(List.of(Columns.methods(), Columns.lockedUntil()));
        if (!rules.graces().isEmpty()) {
            columns.add(Columns.graces());
        }
        TypedQuery<Tuple> query = query("select u.id as id, u.username as username, " + names(columns, Column::joined)
                + " from UserEntity u" + joins(columns) + " where " + Columns.ACTIVE
                + (ownRules ? " and not" + OWN : "")
                + state.where());
        query.setParameter("now", now.toEpochMilli());
        filter.bind(query);
        return lines(query, columns);
    }

    /** One by one in no order, those who have rules of their own. */
    Stream<Line> withOwnRules(State state) {
        List<Column> columns = all();
        TypedQuery<Tuple> query = query(alone(columns) + " and" + OWN + state.where());
        query.setParameter("now", now.toEpochMilli());
        return lines(query, columns);
    }

    /** The first so many after a name, up to another one if there is one, in the order of their names. */
    List<Line> after(State state, String name, Optional<String> last, int most) {
        List<Column> columns = ownRules ? all() : needed();
        TypedQuery<Tuple> query = query(alone(columns) + " and u.username > :after"
                + (last.isPresent() ? " and u.username <= :last" : "") + state.where() + " order by u.username");
        query.setParameter("now", now.toEpochMilli())
                .setParameter("after", name)
                .setMaxResults(most);
        last.ifPresent(end -> query.setParameter("last", end));
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

    private List<Column> all() {
        return List.of(
                Columns.groups(Columns.ALL),
                Columns.roles(Columns.ALL),
                Columns.methods(),
                Columns.lockedUntil(),
                Columns.graces());
    }

    private List<Column> needed() {
        List<Column> columns = new ArrayList<>(List.of(Columns.methods(), Columns.lockedUntil()));
        Named named = rules.named();
        if (!named.equals(Named.NONE)) {
            columns.add(Columns.groups(Columns.ALL));
        }
        if (!named.roles().isEmpty()) {
            columns.add(Columns.roles(Columns.ALL));
        }
        if (!rules.graces().isEmpty()) {
            columns.add(Columns.graces());
        }
        return columns;
    }

    private static String alone(List<Column> columns) {
        return "select u.id as id, u.username as username, " + names(columns, Column::alone)
                + " from UserEntity u where " + Columns.ACTIVE;
    }

    private static String names(List<Column> columns, Function<Column, String> name) {
        return columns.stream().map(name).collect(Collectors.joining(", "));
    }

    private static String joins(List<Column> columns) {
        return columns.stream().map(Column::join).collect(Collectors.joining());
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

    private static Stream<Line> lines(TypedQuery<Tuple> query, List<Column> columns) {
        return query.getResultStream()
                .map(row -> new Line(
                        row.get("id", String.class),
                        row.get("username", String.class),
                        signature(row, columns),
                        Optional.ofNullable((Long) row.get("l")).map(Instant::ofEpochMilli)));
    }

    private static Signature signature(Tuple row, List<Column> columns) {
        Map<String, Object> values = new HashMap<>();
        columns.forEach(column ->
                Optional.ofNullable(row.get(column.name())).ifPresent(value -> values.put(column.name(), value)));
        return Signature.of(values.get("g"), values.get("r"), values.get("m"), values.get("w"));
    }
}
