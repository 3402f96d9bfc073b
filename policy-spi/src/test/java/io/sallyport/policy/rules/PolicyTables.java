package io.sallyport.policy.rules;

import io.sallyport.policy.Level;
import io.sallyport.policy.Network;
import io.sallyport.policy.NetworkAddress;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.Strength;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules and sign-ins as rows of a database, which resolves them by one statement that shares nothing with the engine. */
final class PolicyTables implements AutoCloseable {

    private static final List<Level> LEVELS = List.of(Level.USER, Level.GROUP, Level.TENANT, Level.GLOBAL);
    private static final List<Strength> STRENGTHS = List.of(Strength.ANY, Strength.NO_SMS, Strength.PHISHING_RESISTANT);
    private static final Map<String, String> PATHS = Map.of("g1", "/g1", "g2", "/g1/g2", "g3", "/g3");

    private final Connection connection;
    private final Map<String, PreparedStatement> inserts = new LinkedHashMap<>();

    PolicyTables() throws SQLException, IOException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        try (Statement statement = connection.createStatement()) {
            statement.execute(resource("schema.sql"));
        }
        for (Map.Entry<String, String> group : PATHS.entrySet()) {
            insert("grp", group.getKey(), group.getValue());
        }
    }

    void add(long visit, Collection<PolicyRule> rules, SignInFacts facts) throws SQLException {
        insert(
                "visit",
                visit,
                facts.userId(),
                facts.clientId(),
                facts.identityProvider().orElse(null),
                facts.address().map(NetworkAddress::bits).orElse(null),
                facts.address().map(PolicyTables::number).orElse(null),
                facts.refreshOfSessionSince().map(Instant::toEpochMilli).orElse(null),
                facts.now().toEpochMilli());
        for (String tenant : facts.tenants()) {
            insert("visit_tenant", visit, tenant);
        }
        for (String group : facts.groups()) {
            // ancestors follow from the paths
            if (facts.groups().stream().noneMatch(other -> path(other).startsWith(path(group) + "/"))) {
                insert("visit_group", visit, group);
            }
        }
        for (String role : facts.roles()) {
            insert("visit_role", visit, role);
        }
        for (PolicyRule rule : rules) {
            add(visit, rule);
        }
    }

    /** The answer for each sign-in that has one. */
    Map<Long, String> resolve() throws SQLException, IOException {
        for (PreparedStatement insert : inserts.values()) {
            insert.executeBatch();
        }
        Map<Long, String> answers = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(resource("resolution.sql"))) {
            while (row.next()) {
                answers.put(row.getLong("visit"), answer(row));
            }
        }
        return answers;
    }

    private static String answer(ResultSet row) throws SQLException {
        String by = LEVELS.get(row.getInt("level") - 1) + " " + row.getString("rules");
        if (!row.getBoolean("required")) {
            return by + " off";
        }
        if (row.getString("methods") == null) {
            return by + " impossible";
        }
        return by + " required " + STRENGTHS.get(row.getInt("strength")) + " " + row.getString("methods") + " age "
                + row.getObject("max_age") + " grace "
                + (row.getBoolean("has_grace") ? row.getObject("grace_time") + " " + row.getObject("grace_skips") : "");
    }

    private void add(long visit, PolicyRule rule) throws SQLException {
        Demand demand = rule.demand();
        insert(
                "rule",
                visit,
                rule.id(),
                organization(rule.scope()).orElse(null),
                rule.scope() instanceof Scope.Group group ? group.group() : null,
                rule.scope() instanceof Scope.User user ? user.user() : null,
                demand.required(),
                STRENGTHS.indexOf(demand.strength()),
                demand.maxAge().map(Duration::toSeconds).orElse(null),
                demand.grace()
                        .flatMap(grace -> grace.time())
                        .map(Duration::toSeconds)
                        .orElse(null),
                demand.grace().flatMap(grace -> grace.skips()).orElse(null),
                demand.grace().isPresent(),
                rule.state().name(),
                rule.takesEffect().name(),
                rule.validFrom().map(Instant::toEpochMilli).orElse(null),
                rule.validUntil().map(Instant::toEpochMilli).orElse(null),
                rule.changedAt().toEpochMilli());
        for (Object method : demand.methods().map(List::<Object>copyOf).orElse(List.of())) {
            insert("rule_method", visit, rule.id(), method.toString());
        }
        for (Condition condition : rule.when()) {
            if (condition instanceof Condition.Inside inside) {
                networks(visit, rule, condition, inside.anyOf());
            } else if (condition instanceof Condition.Outside outside) {
                networks(visit, rule, condition, outside.noneOf());
            } else {
                for (String name : condition.values()) {
                    insert("rule_name", visit, rule.id(), condition.name(), name);
                }
            }
        }
    }

    private void networks(long visit, PolicyRule rule, Condition condition, List<Network> networks)
            throws SQLException {
        for (Network network : networks) {
            BigInteger lowest = number(network.first());
            int size = network.first().bits() - network.bits();
            BigInteger highest = lowest.add(BigInteger.ONE.shiftLeft(size)).subtract(BigInteger.ONE);
            insert(
                    "rule_network",
                    visit,
                    rule.id(),
                    condition.name(),
                    network.first().bits(),
                    lowest,
                    highest);
        }
    }

    private static Optional<String> organization(Scope scope) {
        if (scope instanceof Scope.User user) {
            return user.organization();
        }
        if (scope instanceof Scope.Group group) {
            return group.organization();
        }
        return scope instanceof Scope.Tenant tenant ? Optional.of(tenant.organization()) : Optional.empty();
    }

    private static BigInteger number(NetworkAddress address) {
        return new BigInteger(address.toString(), 16);
    }

    private static String path(String group) {
        return Optional.ofNullable(PATHS.get(group)).orElseThrow();
    }

    private void insert(String table, @Nullable Object... values) throws SQLException {
        PreparedStatement insert = inserts.get(table);
        if (insert == null) {
            String marks = "?" + ", ?".repeat(values.length - 1);
            insert = connection.prepareStatement("insert into " + table + " values (" + marks + ")");
            inserts.put(table, insert);
        }
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
        insert.addBatch();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = PolicyTables.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
