package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An administrator sees before saving what a draft would do to everybody. */
@Journey
final class SimulateIT {

    private static final Map<String, Object> ALL = Map.of("name", "everybody", "required", true);
    private static final Map<String, Object> NO_METHOD =
            Map.of("name", "keys only", "required", true, "strength", "PHISHING_RESISTANT");
    private static final Map<String, Object> STAFF =
            Map.of("id", "staff", "name", "staff", "required", true, "scope", Map.of("group", "/staff"));
    private static final Map<String, Object> LATER =
            Map.of("id", "later", "name", "everybody, later", "required", true, "state", "REPORT_ONLY");

    private final KeycloakServer server;
    private final MfaRealm realm;
    private final Simulate simulate;
    private Member plain;
    private Member phoned;
    private Member staff;
    private Member administrator;
    private Member emergency;

    SimulateIT(KeycloakServer server) {
        this.server = server;
        this.realm = MfaRealm.stock(server);
        this.simulate = new Simulate(server, realm);
    }

    @BeforeAll
    void people() {
        Structure structure = new Structure(realm);
        String group = structure.group("staff");
        realm.setUp(Map.of(), Map.of("rules", List.of(STAFF, LATER))).expect(200);
        plain = realm.newcomer();
        phoned = realm.enrolled();
        staff = realm.enrolled();
        structure.join(staff, structure.group("night shift", group));
        administrator = realm.newcomer();
        structure.give(administrator, structure.existing("realm-management", "query-users"));
        emergency = realm.newcomer();
        server.database()
                .update(
                        "insert into USER_ATTRIBUTE (ID, NAME, \"VALUE\", USER_ID) values (?, ?, ?, ?)",
                        emergency.id(),
                        "is_temporary_admin",
                        "true",
                        emergency.id());
        realm.admin().put(realm.name() + "/users/" + realm.newcomer().id(), Map.of("enabled", false));
    }

    @Test
    @DisplayName("A rule that only reports, enforced: every number, and everybody who is affected with his flags")
    void aReportingRuleEnforced() {
        JsonNode answer = simulate.ask(Map.of("enforce", List.of("later")));

        JsonNode summary = answer.path("summary");
        assertThat(Simulate.numbers(summary.path("before")))
                .containsOnly(entry("skip", 4), entry("challenge", 1), entry("enroll", 0), entry("deny", 0));
        assertThat(Simulate.numbers(summary.path("after")))
                .containsOnly(entry("skip", 0), entry("challenge", 2), entry("enroll", 3), entry("deny", 0));
        assertThat(Simulate.numbers(summary.path("changes")))
                .containsOnly(entry("skip_to_challenge", 1), entry("skip_to_enroll", 3));
        assertThat(Simulate.numbers(summary))
                .contains(
                        entry("users", 5),
                        entry("disabled", 1),
                        entry("service_accounts", 1),
                        entry("must_enroll", 3),
                        entry("refused", 0),
                        entry("other_terms", 0));
        assertThat(Simulate.numbers(summary.path("administrators")))
                .containsOnly(entry("must_enroll", 1), entry("refused", 0));
        assertThat(Simulate.numbers(summary.path("break_glass")))
                .containsOnly(entry("must_enroll", 1), entry("refused", 0));
        assertThat(summary.path("warnings")).isEmpty();
        assertThat(Simulate.affected(answer))
                .containsOnly(
                        entry(plain.id(), plain.username() + " skip enroll false false"),
                        entry(phoned.id(), phoned.username() + " skip challenge false false"),
                        entry(administrator.id(), administrator.username() + " skip enroll true false"),
                        entry(emergency.id(), emergency.username() + " skip enroll false true"));
        assertThat(answer.has("next")).isFalse();
    }

    @Test
    @DisplayName("POL: a rule that no method satisfies refuses everybody it reaches, administrators among them")
    void whoWouldBeRefused() {
        JsonNode answer = simulate.ask(Map.of("rule", NO_METHOD));

        assertThat(Simulate.numbers(answer.path("summary"))).contains(entry("refused", 4), entry("must_enroll", 0));
        assertThat(Simulate.numbers(answer.path("summary").path("administrators")))
                .contains(entry("refused", 1));
        assertThat(Simulate.numbers(answer.path("summary").path("break_glass"))).contains(entry("refused", 1));
    }

    @Test
    @DisplayName("A draft rule takes the place of the stored one with its scope, or with its id")
    void aDraftRuleReplaces() {
        JsonNode byScope = simulate.ask(Map.of(
                "rule",
                Map.of("name", "stricter", "required", true, "strength", "PHISHING_RESISTANT", "scope", group())));
        JsonNode byId = simulate.ask(Map.of("rule", Map.of("id", "staff", "name", "all", "required", true)));

        assertThat(Simulate.affected(byScope)).containsOnlyKeys(staff.id());
        assertThat(Simulate.numbers(byScope.path("summary").path("changes")))
                .containsOnly(entry("challenge_to_deny", 1));
        assertThat(Simulate.affected(byId))
                .containsOnlyKeys(plain.id(), phoned.id(), administrator.id(), emergency.id());
    }

    @Test
    @DisplayName("A rule about one user reaches him alone, and one with the same words for others nobody else")
    void aRuleAboutOneUser() {
        JsonNode answer = simulate.ask(
                Map.of("rule", Map.of("name", "him", "required", true, "scope", Map.of("user", plain.username()))));

        assertThat(Simulate.affected(answer))
                .containsOnly(entry(plain.id(), plain.username() + " skip enroll false false"));
    }

    @Test
    @DisplayName("A whole document is compared with the whole policy; what it loosens is told, too")
    void aWholeDocument() {
        JsonNode answer = simulate.ask(Map.of("document", Map.of("rules", List.of())));

        assertThat(Simulate.affected(answer))
                .containsOnly(entry(staff.id(), staff.username() + " challenge skip false false"));
    }

    @Test
    @DisplayName("Stricter terms for somebody who is asked anyway are counted, but change nothing for him today")
    void otherTerms() {
        JsonNode answer =
                simulate.ask(Map.of("rule", Map.of("name", "s", "required", true, "max_age", 60, "scope", group())));

        assertThat(Simulate.numbers(answer.path("summary"))).contains(entry("other_terms", 1));
        assertThat(answer.path("affected")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("Only those who were asked for are listed; the numbers stay those of everybody")
    @CsvSource({"must_enroll, 3", "refused, 0", "loosened, 0", "tightened, 4", "administrators, 1", "break_glass, 1"})
    void show(String kind, int listed) {
        JsonNode answer = simulate.ask(Map.of("rule", ALL, "show", List.of(kind)));

        assertThat(answer.path("affected")).hasSize(listed);
        assertThat(Simulate.numbers(answer.path("summary"))).contains(entry("must_enroll", 3));
    }

    @Test
    @DisplayName("Page by page each affected user comes once, in order, and the numbers are whole on each page")
    void pages() {
        List<String> seen = new ArrayList<>();
        Map<String, Object> request = new HashMap<>(Map.of("rule", ALL, "max", 1));
        JsonNode page;
        do {
            page = simulate.ask(request);
            seen.addAll(Simulate.affected(page).keySet());
            request.put("after", page.path("next").asText());
            assertThat(Simulate.numbers(page.path("summary"))).contains(entry("must_enroll", 3), entry("users", 5));
        } while (page.has("next"));

        assertThat(seen)
                .hasSize(4)
                .isSorted()
                .containsExactlyInAnyOrder(plain.id(), phoned.id(), administrator.id(), emergency.id());
    }

    @Test
    @DisplayName("As a stream: progress, everybody affected, and the numbers in the last line")
    void asAStream() {
        Reply reply = simulate.post(simulate.token(), Json.write(Map.of("rule", ALL)), "application/x-ndjson")
                .expect(200);

        List<JsonNode> lines = reply.body().lines().map(Json::read).toList();
        JsonNode last = lines.get(lines.size() - 1);
        assertThat(reply.header("Content-Type").orElse("")).startsWith("application/x-ndjson");
        assertThat(lines).filteredOn(line -> line.has("affected")).hasSize(4);
        assertThat(lines)
                .filteredOn(line -> line.has("progress"))
                .hasSize(1)
                .allMatch(line -> line.path("progress").path("done").asInt() == 7
                        && line.path("progress").path("total").asInt() == 7);
        assertThat(last.path("summary"))
                .isEqualTo(simulate.ask(Map.of("rule", ALL)).path("summary"));
    }

    @Test
    @DisplayName("Without a context the sign-in that meets the draft's conditions is imagined, and told")
    void theContext() {
        JsonNode derived = simulate.ask(Map.of(
                "rule",
                Map.of(
                        "required",
                        true,
                        "when",
                        Map.of("clients", List.of("web"), "inside_networks", List.of("10.1.0.0/16")))));
        JsonNode given = simulate.ask(Map.of(
                "rule",
                Map.of("required", true, "when", Map.of("clients", List.of("web"))),
                "context",
                Map.of("client", "shop", "address", "2001:db8::1")));

        assertThat(derived.path("context")).isEqualTo(Json.read("{\"client\":\"web\",\"address\":\"10.1.0.0\"}"));
        assertThat(derived.path("affected")).hasSize(4);
        assertThat(given.path("context")).isEqualTo(Json.read("{\"client\":\"shop\",\"address\":\"2001:db8::1\"}"));
        assertThat(given.path("affected")).isEmpty();
    }

    private static Map<String, Object> group() {
        return Map.of("group", "/staff");
    }
}
