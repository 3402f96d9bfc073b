package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
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
    private Member plain;
    private Member phoned;
    private Member staff;
    private Member administrator;
    private Member emergency;

    SimulateIT(KeycloakServer server) {
        this.server = server;
        this.realm = MfaRealm.stock(server);
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
        JsonNode answer = simulate(Map.of("enforce", List.of("later")));

        JsonNode summary = answer.path("summary");
        assertThat(numbers(summary.path("before")))
                .containsOnly(entry("skip", 4), entry("challenge", 1), entry("enroll", 0), entry("deny", 0));
        assertThat(numbers(summary.path("after")))
                .containsOnly(entry("skip", 0), entry("challenge", 2), entry("enroll", 3), entry("deny", 0));
        assertThat(numbers(summary.path("changes")))
                .containsOnly(entry("skip_to_challenge", 1), entry("skip_to_enroll", 3));
        assertThat(numbers(summary))
                .contains(
                        entry("users", 5),
                        entry("disabled", 1),
                        entry("service_accounts", 1),
                        entry("must_enroll", 3),
                        entry("refused", 0),
                        entry("other_terms", 0));
        assertThat(numbers(summary.path("administrators"))).containsOnly(entry("must_enroll", 1), entry("refused", 0));
        assertThat(numbers(summary.path("break_glass"))).containsOnly(entry("must_enroll", 1), entry("refused", 0));
        assertThat(summary.path("warnings")).isEmpty();
        assertThat(affected(answer))
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
        JsonNode answer = simulate(Map.of("rule", NO_METHOD));

        assertThat(numbers(answer.path("summary"))).contains(entry("refused", 4), entry("must_enroll", 0));
        assertThat(numbers(answer.path("summary").path("administrators"))).contains(entry("refused", 1));
        assertThat(numbers(answer.path("summary").path("break_glass"))).contains(entry("refused", 1));
    }

    @Test
    @DisplayName("A draft rule takes the place of the stored one with its scope, or with its id")
    void aDraftRuleReplaces() {
        JsonNode byScope = simulate(Map.of(
                "rule",
                Map.of("name", "stricter", "required", true, "strength", "PHISHING_RESISTANT", "scope", group())));
        JsonNode byId = simulate(Map.of("rule", Map.of("id", "staff", "name", "all", "required", true)));

        assertThat(affected(byScope)).containsOnlyKeys(staff.id());
        assertThat(numbers(byScope.path("summary").path("changes"))).containsOnly(entry("challenge_to_deny", 1));
        assertThat(affected(byId)).containsOnlyKeys(plain.id(), phoned.id(), administrator.id(), emergency.id());
    }

    @Test
    @DisplayName("A rule about one user reaches him alone, and one with the same words for others nobody else")
    void aRuleAboutOneUser() {
        JsonNode answer = simulate(
                Map.of("rule", Map.of("name", "him", "required", true, "scope", Map.of("user", plain.username()))));

        assertThat(affected(answer)).containsOnly(entry(plain.id(), plain.username() + " skip enroll false false"));
    }

    @Test
    @DisplayName("A whole document is compared with the whole policy; what it loosens is told, too")
    void aWholeDocument() {
        JsonNode answer = simulate(Map.of("document", Map.of("rules", List.of())));

        assertThat(affected(answer)).containsOnly(entry(staff.id(), staff.username() + " challenge skip false false"));
    }

    @Test
    @DisplayName("Stricter terms for somebody who is asked anyway are counted, but change nothing for him today")
    void otherTerms() {
        JsonNode answer =
                simulate(Map.of("rule", Map.of("name", "s", "required", true, "max_age", 60, "scope", group())));

        assertThat(numbers(answer.path("summary"))).contains(entry("other_terms", 1));
        assertThat(answer.path("affected")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("Only those who were asked for are listed; the numbers stay those of everybody")
    @CsvSource({"must_enroll, 3", "refused, 0", "loosened, 0", "tightened, 4", "administrators, 1", "break_glass, 1"})
    void show(String kind, int listed) {
        JsonNode answer = simulate(Map.of("rule", ALL, "show", List.of(kind)));

        assertThat(answer.path("affected")).hasSize(listed);
        assertThat(numbers(answer.path("summary"))).contains(entry("must_enroll", 3));
    }

    @Test
    @DisplayName("Page by page each affected user comes once, in order, and the numbers are whole on each page")
    void pages() {
        List<String> seen = new ArrayList<>();
        Map<String, Object> request = new HashMap<>(Map.of("rule", ALL, "max", 1));
        JsonNode page;
        do {
            page = simulate(request);
            seen.addAll(affected(page).keySet());
            request.put("after", page.path("next").asText());
            assertThat(numbers(page.path("summary"))).contains(entry("must_enroll", 3), entry("users", 5));
        } while (page.has("next"));

        assertThat(seen)
                .hasSize(4)
                .isSorted()
                .containsExactlyInAnyOrder(plain.id(), phoned.id(), administrator.id(), emergency.id());
    }

    @Test
    @DisplayName("As a stream: progress, everybody affected, and the numbers in the last line")
    void asAStream() {
        Reply reply = post(token(), Json.write(Map.of("rule", ALL)), "application/x-ndjson")
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
        assertThat(last.path("summary")).isEqualTo(simulate(Map.of("rule", ALL)).path("summary"));
    }

    @Test
    @DisplayName("Without a context the sign-in that meets the draft's conditions is imagined, and told")
    void theContext() {
        JsonNode derived = simulate(Map.of(
                "rule",
                Map.of(
                        "required",
                        true,
                        "when",
                        Map.of("clients", List.of("web"), "inside_networks", List.of("10.1.0.0/16")))));
        JsonNode given = simulate(Map.of(
                "rule",
                Map.of("required", true, "when", Map.of("clients", List.of("web"))),
                "context",
                Map.of("client", "shop", "address", "2001:db8::1")));

        assertThat(derived.path("context")).isEqualTo(Json.read("{\"client\":\"web\",\"address\":\"10.1.0.0\"}"));
        assertThat(derived.path("affected")).hasSize(4);
        assertThat(given.path("context")).isEqualTo(Json.read("{\"client\":\"shop\",\"address\":\"2001:db8::1\"}"));
        assertThat(given.path("affected")).isEmpty();
    }

    @Test
    @DisplayName("What makes the numbers less than they seem is told: a draft that decides nothing, people elsewhere")
    void warnings() {
        MfaRealm other = MfaRealm.stock(server);
        other.admin()
                .post(
                        other.name() + "/components",
                        Map.of(
                                "name",
                                "partners",
                                "providerId",
                                "ldap",
                                "providerType",
                                "org.keycloak.storage.UserStorageProvider",
                                "config",
                                ldapThatImportsNobody()));
        Map<String, Object> draft = new HashMap<>(ALL);
        draft.put("state", "DISABLED");

        JsonNode answer = other.admin()
                .send("POST", other.name() + "/mfa/simulate", Json.write(Map.of("rule", draft)))
                .expect(200)
                .json();

        assertThat(StreamSupport.stream(answer.path("summary").path("warnings").spliterator(), false)
                        .map(JsonNode::asText))
                .anyMatch(text -> text.contains("not in force"))
                .anyMatch(text -> text.contains("partners"))
                .anyMatch(text -> text.contains("DISABLED"))
                .hasSize(3);
    }

    @ParameterizedTest
    @DisplayName("Bad input is refused with every problem and its path")
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | $: no JSON",
                "[] | $: want an object",
                "{} | $: want exactly one of",
                "{\"rule\":{\"required\":true},\"enforce\":[\"later\"]} | $: want exactly one of",
                "{\"rule\":{\"required\":true},\"rule\":{\"required\":true}} | $: no JSON",
                "{\"rule\":{\"required\":true}} {} | $: no JSON",
                "{\"rule\":{\"required\":true},\"surprise\":1} | $.surprise: unknown field",
                "{\"rule\":{\"surprise\":1}} | $.rule.surprise: unknown field",
                "{\"rule\":{\"surprise\":1}} | $.rule.required: is missing",
                "{\"rule\":null} | $.rule: want an object",
                "{\"rule\":[]} | $.rule: want an object",
                "{\"document\":{}} | $.document.rules: is missing",
                "{\"document\":[]} | $.document: want an object",
                "{\"document\":{\"rules\":[{}]}} | $.document.rules[0].required: is missing",
                "{\"enforce\":[]} | $.enforce: want a list",
                "{\"enforce\":\"later\"} | $.enforce: want a list",
                "{\"enforce\":[\"nothing\"]} | $.enforce[0]: there is no rule",
                "{\"enforce\":[\"staff\"]} | $.enforce[0]: state is ENFORCED",
                "{\"enforce\":[\"later\",\"later\"]} | $.enforce[1]: stands twice",
                "{\"enforce\":[\"later\"],\"context\":[]} | $.context: want an object",
                "{\"enforce\":[\"later\"],\"context\":{\"x\":1}} | $.context.x: unknown field",
                "{\"enforce\":[\"later\"],\"context\":{\"client\":\"nobody\"}} | $.context.client: want a client",
                "{\"enforce\":[\"later\"],\"context\":{\"address\":\"10.0.0.0/8\"}} | $.context.address: want an",
                "{\"enforce\":[\"later\"],\"context\":{\"address\":\"example.org\"}} | $.context.address: want an",
                "{\"enforce\":[\"later\"],\"context\":{\"identity_provider\":\"x\"}} | $.context.identity_provider: want",
                "{\"enforce\":[\"later\"],\"show\":[]} | $.show: want a list",
                "{\"enforce\":[\"later\"],\"show\":[\"MUST_ENROLL\"]} | $.show[0]: want must_enroll",
                "{\"enforce\":[\"later\"],\"after\":1} | $.after: want the id",
                "{\"enforce\":[\"later\"],\"max\":0} | $.max: want a whole number",
                "{\"enforce\":[\"later\"],\"max\":1001} | $.max: want a whole number",
                "{\"enforce\":[\"later\"],\"max\":\"1\"} | $.max: want a whole number",
                "{\"enforce\":[\"later\"],\"max\":1.5} | $.max: want a whole number"
            })
    void badInput(String body, String problem) {
        Reply reply = post(token(), body, "application/json");

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(reply.json().path("problems"))
                .as(reply.body())
                .anyMatch(found -> found.asText().startsWith(problem.trim()));
        assertThat(reply.body()).doesNotContain("Exception", "io.sallyport", "org.keycloak");
    }

    @Test
    @DisplayName("Bad input for a stream is refused as well, before the first line; a huge one is not read")
    void badInputForAStream() {
        Reply bad = post(token(), "{\"enforce\":[\"nothing\"]}", "application/x-ndjson");
        Reply huge = post(token(), "{\"rule\":\"" + "x".repeat(6_000_000) + "\"}", "application/json");

        assertThat(bad.status()).as(bad.body()).isEqualTo(400);
        assertThat(bad.json().path("problems")).isNotEmpty();
        assertThat(huge.status()).as(huge.body()).isEqualTo(400);
    }

    @Test
    @DisplayName("API-01: it needs the permission to read policies")
    void itNeedsThePermission() {
        String body = Json.write(Map.of("enforce", List.of("later")));

        assertThat(post(token(plain), body, "application/json").status()).isEqualTo(403);
        assertThat(post(token(administrator), body, "application/x-ndjson").status())
                .isEqualTo(403);
        assertThat(post("nonsense", body, "application/json").status()).isEqualTo(401);
    }

    private JsonNode simulate(Map<String, Object> request) {
        return realm.admin()
                .send("POST", realm.name() + "/mfa/simulate", Json.write(request))
                .expect(200)
                .json();
    }

    private Reply post(String token, String body, String accept) {
        URI address = realm.address().resolve("/admin/realms/" + realm.name() + "/mfa/simulate");
        return Http.sendJson("POST", address, body, Map.of("Authorization", "Bearer " + token, "Accept", accept));
    }

    /** Of the administrator of the master realm. */
    private String token() {
        return new OidcClient(server.realm("master"), "admin-cli", Optional.empty(), MfaRealm.CALLBACK)
                .password("admin", "admin")
                .tokens()
                .access();
    }

    private String token(Member member) {
        return realm.backend()
                .password(member.username(), Member.PASSWORD)
                .tokens()
                .access();
    }

    private static Map<String, Object> group() {
        return Map.of("group", "/staff");
    }

    private static Map<String, Object> ldapThatImportsNobody() {
        Map<String, Object> config = new HashMap<>();
        Map.of(
                        "importEnabled", "false",
                        "editMode", "READ_ONLY",
                        "vendor", "other",
                        "connectionUrl", "ldap://localhost:1",
                        "usersDn", "ou=people,dc=example,dc=org",
                        "usernameLDAPAttribute", "uid",
                        "rdnLDAPAttribute", "uid",
                        "uuidLDAPAttribute", "entryUUID",
                        "userObjectClasses", "person",
                        "authType", "none")
                .forEach((key, value) -> config.put(key, List.of(value)));
        return config;
    }

    /** The whole numbers of an object. */
    private static Map<String, Integer> numbers(JsonNode object) {
        Map<String, Integer> numbers = new HashMap<>();
        object.properties().stream()
                .filter(field -> field.getValue().isInt())
                .forEach(field -> numbers.put(field.getKey(), field.getValue().intValue()));
        return numbers;
    }

    /** What is told of each affected user, by his id. */
    private static Map<String, String> affected(JsonNode answer) {
        Map<String, String> told = new HashMap<>();
        for (JsonNode one : answer.path("affected")) {
            String text = String.join(
                    " ",
                    one.path("username").asText(),
                    one.path("before").asText(),
                    one.path("after").asText(),
                    one.path("administrator").asText(),
                    one.path("break_glass").asText());
            told.put(one.path("user").asText(), text);
        }
        return told;
    }
}
