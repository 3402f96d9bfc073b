package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** POL-04, R-26: a change of the policy on one node is followed by the other, and a decision that is known costs no SQL. */
@TestInstance(Lifecycle.PER_CLASS)
final class PolicyOnTwoNodesIT {

    private static final int TRIES = 200;
    private static final int IN_A_ROW = 5;

    private TwoNodes nodes;
    private MfaRealm realm;
    private Policies policies;
    private Member member;

    @BeforeAll
    void start() throws IOException {
        nodes = TwoNodes.clustered();
        realm = MfaRealm.setUp(nodes.first(), Map.of(), Rules.NONE);
        policies = Policies.of(realm);
        member = realm.newcomer();
    }

    @AfterAll
    void stop() throws IOException {
        nodes.close();
    }

    @Test
    @DisplayName("POL-04: the other node follows each of 200 changes")
    void theOtherNodeFollows() {
        String id = policies.create(Map.of("required", true))
                .expect(201)
                .json()
                .path("id")
                .asText();
        List<Duration> waits = new ArrayList<>();
        awaitOnTheOtherNode(true);
        for (int version = 1; version <= TRIES; version++) {
            boolean required = version % 2 == 0;
            policies.update(
                            id,
                            Map.of("required", true, "state", required ? "ENFORCED" : "DISABLED", "version", version))
                    .expect(200);

            waits.add(awaitOnTheOtherNode(required));
        }

        Duration longest = waits.stream().max(Duration::compareTo).orElseThrow();
        System.out.println("the other node followed " + waits.size() + " changes, at the latest after " + longest);
        assertThat(waits).hasSize(TRIES);
        policies.delete(id, "?reason=over").expect(204);
    }

    @Test
    @DisplayName("A decision that is known needs no statement about the policy; a cold one two")
    void aKnownDecisionNeedsNoStatement() {
        policies.replace("?reason=x", Map.of("rules", List.of(Map.of("required", true, "state", "REPORT_ONLY"))))
                .expect(200);
        awaitOnTheOtherNode(false);

        long warm = fewestStatementsOf(realm, () -> member);
        realm.change(Map.of("displayName", "invalidated"));
        long told = statementsOf(() -> signIn(realm, member));
        long unknownUser = fewestStatementsOf(realm, realm::newcomer);

        assertThat(warm).as("known realm, known user").isZero();
        assertThat(told).as("realm invalidated").isLessThanOrEqualTo(2);
        assertThat(unknownUser).as("another user").isLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName(
            "With 100,000 rules about users a cold decision needs two indexed statements, and memory holds none of them")
    void manyRulesAboutUsers() {
        MfaRealm many = MfaRealm.setUp(nodes.first(), Map.of(), Rules.FOR_ALL);
        Member exempt = many.newcomer();
        Member other = many.newcomer();
        Database database = nodes.first().database();
        String id = ManyRules.of(nodes.first(), many)
                .users(100_000)
                .groups(1_000)
                .organizations(10_000)
                .realmId();
        database.update("ANALYZE MFA_POLICY_RULE");
        Policies of = Policies.of(many);
        of.create(Map.of(
                        "required",
                        false,
                        "scope",
                        Map.of("user", exempt.username()),
                        "reason",
                        "a journey",
                        "valid_until",
                        "2998-01-01T00:00:00Z"))
                .expect(201);
        AtomicBoolean granted = new AtomicBoolean();

        long cold = statementsOf(() -> granted.set(signIn(many, exempt).granted()));
        long another = fewestStatementsOf(many, many::newcomer);

        assertThat(granted).as("his own rule is known").isTrue();
        assertThat(cold).isLessThanOrEqualTo(2);
        assertThat(another).isLessThanOrEqualTo(1);
        assertThat(plan(database, "SELECT * FROM MFA_POLICY_RULE WHERE REALM_ID = '%s' AND USER_ID = 'user-7'", id))
                .contains("Index");
        assertThat(plan(database, "SELECT * FROM MFA_POLICY_HISTORY WHERE REALM_ID = '%s' AND REVISION > 100", id))
                .contains("Index");
        assertThat(plan(database, "SELECT * FROM MFA_POLICY_RULE WHERE REALM_ID = '%s' AND USER_ID IS NULL", id))
                .contains("Index");
        Auditor.await(
                "no server keeps the rules about single users",
                () -> rulesInMemory().stream().allMatch(count -> count < 15_000));

        long began = System.nanoTime();
        String one = of.create(Map.of("required", true, "when", Map.of("clients", List.of("web"))))
                .expect(201)
                .json()
                .path("id")
                .asText();
        signIn(many, other);
        System.out.println("one rule of 111,000 was made and followed in "
                + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms");
        assertThat(fewestStatementsOf(many, () -> other)).isZero();
        of.delete(one, "?reason=over").expect(204);
    }

    private static String plan(Database database, String query, String realm) {
        return database.rows("EXPLAIN " + String.format(query, realm)).toString();
    }

    /**
     * How many rules each server of this journey has. Java counts what it has not collected yet, too, such as what an edit read
     * in passing a moment ago: what a server keeps is what it has every time.
     */
    private static List<Long> rulesInMemory() {
        List<Long> counts = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .flatMap(PolicyOnTwoNodesIT::rulesOf)
                .toList();
        assertThat(counts).isNotEmpty();
        System.out.println("rules in memory: " + counts);
        return counts;
    }

    private static Stream<Long> rulesOf(ProcessHandle server) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                            String.valueOf(server.pid()),
                            "GC.class_histogram")
                    .start();
            try (Stream<String> lines = jcmd.inputReader().lines()) {
                return lines
                        .filter(line -> line.endsWith(" io.sallyport.policy.rules.PolicyRule"))
                        .map(line -> Long.parseLong(line.trim().split(" +", -1)[1]))
                        .toList()
                        .stream();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * The fewest of several sign-ins in a row: among them is one that comes neither before the node is told of the last change,
     * nor after the five seconds for which it trusts what it has seen.
     */
    private long fewestStatementsOf(MfaRealm at, Supplier<Member> who) {
        return Stream.generate(who)
                .limit(IN_A_ROW)
                .mapToLong(one -> statementsOf(() -> signIn(at, one)))
                .min()
                .orElseThrow();
    }

    private long statementsOf(Runnable signIn) {
        int mark = nodes.second().log().length();
        signIn.run();
        return TwoNodes.statements(nodes.second(), mark, "MFA_POLICY")
                + TwoNodes.statements(nodes.second(), mark, "mfa_policy");
    }

    /** From the change to the beginning of the first sign-in that follows it. */
    private Duration awaitOnTheOtherNode(boolean required) {
        long changed = System.nanoTime();
        while (true) {
            long began = System.nanoTime();
            if (signIn(realm, member).granted() != required) {
                return Duration.ofNanos(began - changed);
            }
        }
    }

    private TokenReply signIn(MfaRealm at, Member who) {
        OidcClient backend = new OidcClient(
                nodes.second().realm(at.name()), "backend", Optional.of(MfaRealm.SECRET), MfaRealm.CALLBACK);
        return backend.password(who.username(), Member.PASSWORD);
    }
}
