package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An auditor asks who has what the policy asks of him, and who has not; the same on every database. */
abstract class CoverageJourneys {

    static final String END = "2998-01-01T00:00:00Z";
    private static final String FORMULA = "=HYPERLINK(\"http://evil.example\")";

    private final KeycloakServer server;
    private final MfaRealm realm;
    private final Map<String, Member> people = new LinkedHashMap<>();

    CoverageJourneys(KeycloakServer server) {
        this.server = server;
        this.realm = MfaRealm.stock(server);
    }

    @BeforeAll
    void people() {
        realm.change(Map.of("organizationsEnabled", true));
        Structure structure = new Structure(realm);
        String staff = structure.group("staff");
        String night = structure.group("night/shift", staff);
        String partners = structure.group("partners");
        String acme = structure.organization("acme", true);
        JsonNode trader = structure.role("trader");
        JsonNode desk = structure.role("desk");
        structure.compose(desk, trader);
        realm.setUp(
                        Map.of("mfa.methods", "TOTP,WEBAUTHN,SMS_OTP"),
                        Map.of(
                                "rules",
                                List.of(
                                        rule(
                                                "everybody",
                                                Map.of(
                                                        "required",
                                                        true,
                                                        "methods",
                                                        List.of("TOTP", "WEBAUTHN"),
                                                        "grace",
                                                        Map.of("days", 14))),
                                        rule(
                                                "traders",
                                                Map.of(
                                                        "required",
                                                        true,
                                                        "strength",
                                                        "PHISHING_RESISTANT",
                                                        "when",
                                                        Map.of("roles", List.of("trader")))),
                                        rule("acme", Map.of("required", true, "scope", Map.of("organization", "acme"))),
                                        rule(
                                                "staff-web",
                                                Map.of(
                                                        "required",
                                                        true,
                                                        "scope",
                                                        Map.of("group", "/partners"),
                                                        "when",
                                                        Map.of("clients", List.of("web")))),
                                        exception("partners", Map.of("group", "/partners")))))
                .expect(200);
        add("plain", realm.newcomer());
        add("phoned", realm.enrolled());
        add("keyed", realm.member(List.of(SecurityKey.at("http://localhost").asStored("webauthn", 0))));
        add("both", realm.enrolledWith(SecurityKey.at("http://localhost")));
        add("texted", realm.newcomer());
        stored(people.get("texted"), "mfa-sms");
        add("trader", realm.enrolled());
        structure.give(people.get("trader"), desk);
        add("night", realm.newcomer());
        structure.join(people.get("night"), night);
        structure.join(people.get("night"), staff);
        add("day", realm.enrolled());
        structure.join(people.get("day"), staff);
        add("partner", realm.newcomer());
        structure.join(people.get("partner"), partners);
        add("employee", realm.newcomer());
        structure.enter(people.get("employee"), acme);
        add("freed", realm.newcomer());
        Policies.of(realm).except(people.get("freed"));
        add("locked", realm.enrolled());
        add("graced", realm.newcomer());
        beginGrace("graced");
        add("late", realm.newcomer());
        beginGrace("late");
        new Graces(server.database()).startedEarlier(people.get("late"), 20);
        add("pending", realm.newcomer());
        server.database()
                .update(
                        "insert into MFA_ENROLLMENT (ENROLLMENT_ID, REALM_ID, USER_ID, METHOD, STATUS, LAST_STEP,"
                                + " ENROLLED_AT, EXPIRES_AT, FAILURES) select ?, REALM_ID, ID, 'TOTP', 'ENROLLED', -1, 1,"
                                + " 1, 0 from USER_ENTITY where ID = ?",
                        UUID.randomUUID().toString(),
                        people.get("pending").id());
        Member disabled = realm.enrolled();
        realm.changeUser(disabled, Map.of("enabled", false));
        for (int i = 0; i < 5; i++) {
            realm.backend()
                    .password(
                            people.get("locked").username(),
                            Member.PASSWORD,
                            people.get("locked").phone().wrongCode());
        }
    }

    @Test
    @DisplayName("The numbers of everybody: the disabled and service accounts are nobody")
    void totals() {
        JsonNode totals = coverage("");

        assertThat(totals.path("enforced").asBoolean()).isTrue();
        assertThat(totals.path("enrolled_percent").asDouble()).isEqualTo(46.66);
        assertThat(Simulate.numbers(totals))
                .containsOnly(
                        entry("users", 15),
                        entry("enrolled", 7),
                        entry("missing", 8),
                        entry("required", 13),
                        entry("required_enrolled", 5),
                        entry("required_missing", 8),
                        entry("refused", 0),
                        entry("required_somewhere", 15),
                        entry("required_somewhere_missing", 10),
                        entry("exempt", 2),
                        entry("locked", 1),
                        entry("in_grace", 1),
                        entry("sms_only", 1),
                        entry("phishing_resistant", 2));
    }

    @ParameterizedTest
    @DisplayName("Who is in a state, as JSON, as lines and as a table")
    @CsvSource(
            delimiter = '|',
            value = {
                "missing | plain night partner employee freed graced late pending",
                "enrolled | phoned keyed both texted trader day locked",
                "required_missing | plain texted trader night employee graced late pending",
                "exempt | partner freed",
                "locked | locked",
                "grace | graced",
                "sms_only | texted",
                "phishing_resistant | keyed both",
            })
    void states(String state, String expected) {
        Set<String> names = Set.of(expected.split(" "));

        assertThat(named(users("state=" + state).path("users"))).isEqualTo(new TreeSet<>(names));
        String lines = export("state=" + state, "application/x-ndjson");
        assertThat(lines.lines()
                        .map(line -> nameOf(Json.read(line).path("user_id").asText())))
                .containsExactlyInAnyOrderElementsOf(names);
        List<String> table = export("state=" + state, "text/csv").lines().toList();
        assertThat(table.get(0)).startsWith("\"user_id\",\"username\",\"enrolled\"");
        assertThat(table.stream().skip(1).map(line -> nameOf(line.split("\"", -1)[1])))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    @DisplayName("It says of everybody what his own status says")
    void asTheStatusOfEachUser() {
        JsonNode all = users("state=all").path("users");

        assertThat(all).hasSize(people.size());
        for (JsonNode one : all) {
            JsonNode status = realm.admin()
                    .get(realm.name() + "/mfa/users/" + one.path("user_id").asText());
            String name = nameOf(one.path("user_id").asText()) + one + status;
            assertThat(one.path("username")).as(name).isEqualTo(status.path("username"));
            assertThat(one.path("enrolled").asBoolean())
                    .as(name)
                    .isEqualTo(status.path("status").asText().equals("ACTIVE"));
            assertThat(new TreeSet<>(Policies.texts(one.path("methods"))))
                    .as(name)
                    .isEqualTo(new TreeSet<>(Policies.texts(status.path("methods"))));
            assertThat(one.path("required")).as(name).isEqualTo(status.path("required"));
            assertThat(one.path("locked_until")).as(name).isEqualTo(status.path("locked_until"));
            if (one.path("in_grace").asBoolean()) {
                assertThat(one.path("grace_until")).as(name).isEqualTo(status.path("grace_until"));
            } else if (status.has("grace_until")) {
                assertThat(Instant.parse(status.path("grace_until").asText()))
                        .as(name)
                        .isBefore(Instant.now());
            }
        }
    }

    @Test
    @DisplayName(
            "Whose only factor is not active, by a row of ours, is missing and never enrolled; without a row it counts")
    void factorThatIsOver() {
        MfaRealm small = MfaRealm.strict(server);
        Member member = small.enrolled();
        String factor = server.database()
                .rows("select ID from CREDENTIAL where TYPE = 'otp' and USER_ID = ?", member.id())
                .get(0)
                .getOrDefault("ID", "");

        assertThat(inState(small, "enrolled")).containsExactly(member.id());
        assertThat(inState(small, "missing")).isEmpty();
        server.database()
                .update(
                        "insert into MFA_ENROLLMENT (ENROLLMENT_ID, REALM_ID, USER_ID, METHOD, STATUS, LAST_STEP,"
                                + " ENROLLED_AT, EXPIRES_AT, FAILURES) select ?, REALM_ID, ID, 'TOTP', 'ACTIVE', -1, 1,"
                                + " 1, 0 from USER_ENTITY where ID = ?",
                        factor,
                        member.id());
        assertThat(inState(small, "enrolled")).containsExactly(member.id());
        for (String status : List.of("REVOKED", "ENROLLED")) {
            server.database().update("update MFA_ENROLLMENT set STATUS = ? where ENROLLMENT_ID = ?", status, factor);
            assertThat(inState(small, "enrolled")).as(status).isEmpty();
            assertThat(inState(small, "missing")).as(status).containsExactly(member.id());
            assertThat(inState(small, "required_missing")).as(status).containsExactly(member.id());
        }
    }

    private static List<String> inState(MfaRealm of, String state) {
        return of.admin()
                .get(of.name() + "/mfa/coverage/users?state=" + state)
                .path("users")
                .findValuesAsText("user_id");
    }

    @Test
    @DisplayName("An exception is shown with its reason and its end; what it leaves required elsewhere, too")
    void exceptions() {
        JsonNode exempt = users("state=exempt").path("users");

        for (JsonNode one : exempt) {
            boolean partner = nameOf(one.path("user_id").asText()).equals("partner");
            assertThat(one.path("exempt")).hasSize(1);
            JsonNode rule = one.path("exempt").path(0);
            assertThat(rule.path("reason").asText()).isEqualTo(partner ? FORMULA : "new phone");
            assertThat(rule.path("valid_until").asText()).isEqualTo(END);
            assertThat(one.path("required").asBoolean()).isFalse();
            assertThat(one.path("required_somewhere").asBoolean()).isTrue();
            assertThat(one.path("satisfied_somewhere").asBoolean()).isFalse();
        }
        assertThat(export("state=exempt", "text/csv"))
                .contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"")
                .contains("\"" + END + "\"")
                .doesNotContain("\"=");
    }

    @Test
    @DisplayName("AUD-04: a username that a spreadsheet would take for a formula is a text")
    void noFormula() {
        MfaRealm other = MfaRealm.setUp(server, Map.of(), Rules.FOR_ALL);
        other.admin().post(other.name() + "/users", Map.of("username", "+1+cmd", "enabled", true));

        String table = other.admin()
                .tryGet(other.name() + "/mfa/coverage/users?state=missing&format=csv")
                .expect(200)
                .body();

        assertThat(table).contains("\"'+1+cmd\"");
    }

    @Test
    @DisplayName("By group: who is in several subgroups of a group is counted there once")
    void byGroup() {
        Map<String, JsonNode> parts = parts("group");

        assertThat(parts).containsOnlyKeys("/partners", "/staff", "/staff/night/shift");
        assertThat(Simulate.numbers(parts.get("/staff")))
                .contains(entry("users", 2), entry("enrolled", 1), entry("required_missing", 1));
        assertThat(Simulate.numbers(parts.get("/staff/night/shift")))
                .contains(entry("users", 1), entry("enrolled", 0), entry("missing", 1));
        assertThat(Simulate.numbers(parts.get("/partners")))
                .contains(entry("users", 1), entry("exempt", 1), entry("required", 0));
    }

    @Test
    @DisplayName("By organization, by role with composites, and by method")
    void byOthers() {
        assertThat(parts("organization")).containsOnlyKeys("acme");
        assertThat(Simulate.numbers(parts("organization").get("acme")))
                .contains(entry("users", 1), entry("required_missing", 1));
        Map<String, JsonNode> roles = parts("role");
        assertThat(Simulate.numbers(roles.get("trader")))
                .contains(entry("users", 1), entry("enrolled", 1), entry("required_missing", 1));
        assertThat(Simulate.numbers(roles.get("desk"))).contains(entry("users", 1));
        assertThat(Simulate.numbers(roles.get("default-roles-" + realm.name()))).contains(entry("users", 15));
        Map<String, JsonNode> methods = parts("method");
        assertThat(methods).containsOnlyKeys("NONE", "SMS_OTP", "TOTP", "WEBAUTHN");
        assertThat(Simulate.numbers(methods.get("NONE"))).contains(entry("users", 8), entry("missing", 8));
        assertThat(Simulate.numbers(methods.get("TOTP"))).contains(entry("users", 5), entry("phishing_resistant", 1));
        assertThat(Simulate.numbers(methods.get("WEBAUTHN"))).contains(entry("users", 2));
        assertThat(Simulate.numbers(methods.get("SMS_OTP"))).contains(entry("users", 1), entry("sms_only", 1));
    }

    @Test
    @DisplayName("The numbers as a table and as lines say the same as JSON")
    void numbersInOtherForms() {
        JsonNode totals = coverage("");
        List<String> table = export("", "text/csv", "").lines().toList();

        assertThat(table).hasSize(2);
        assertThat(table.get(0)).startsWith("\"users\",\"enrolled\",\"missing\",\"enrolled_percent\"");
        assertThat(table.get(1)).startsWith("\"" + totals.path("users").asText() + "\",");
        assertThat(export("?by=group", "text/csv", "").lines().toList()).hasSize(4);
        assertThat(export("?by=method&format=ndjson", "*/*", "").lines())
                .hasSize(4)
                .allMatch(line -> Json.read(line).has("method"));
    }

    @Test
    @DisplayName("Page by page everybody comes once, in order, also while people are added")
    void pages() {
        MfaRealm other = MfaRealm.setUp(server, Map.of(), Rules.FOR_ALL);
        List<String> before = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            before.add(other.newcomer().username());
            other.enrolled();
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = other.admin().get(other.name() + "/mfa/coverage/users?state=missing&max=2" + after);
            assertThat(page.path("users").size()).isLessThanOrEqualTo(2);
            page.path("users").forEach(one -> seen.add(one.path("username").asText()));
            other.newcomer();
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty() && seen.size() < 100);

        assertThat(seen).doesNotHaveDuplicates().isSorted().containsAll(before);
    }

    @ParameterizedTest
    @DisplayName("What is not known, or makes no sense, is refused and never ignored")
    @ValueSource(
            strings = {
                "?surprise=1",
                "?by=group&by=role",
                "?by=everything",
                "?by=",
                "?format=xml",
                "/users",
                "/users?state=MISSING",
                "/users?state=missing&max=0",
                "/users?state=missing&max=501",
                "/users?state=missing&max=x",
                "/users?state=missing&after=%21",
                "/users?state=missing&after=",
                "/users?state=missing&by=group",
                "/users?state=missing&format=csv&max=5"
            })
    void badInput(String query) {
        Reply reply = realm.admin().tryGet(realm.name() + "/mfa/coverage" + query);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(reply.json().path("error").asText()).isEqualTo("INVALID_REQUEST");
        assertThat(reply.json().path("problems")).isNotEmpty();
        assertThat(reply.body()).doesNotContain("Exception", "io.sallyport", "org.keycloak");
    }

    @ParameterizedTest
    @DisplayName("API-01: it needs mfa.get_mfa_status")
    @CsvSource({
        "mfa, 200",
        "mfa.get_mfa_status, 200",
        "mfa.mfa_policy, 403",
        "mfa.reset_mfa, 403",
        "view-users, 403",
        "'', 403",
        "nonsense, 401"
    })
    void permissions(String role, int status) {
        MfaRealm other = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        Member member = other.newcomer();
        if (!role.isEmpty() && status != 401) {
            Roles.of(other).grant(member.id(), role);
        }
        String token = status == 401
                ? role
                : other.backend()
                        .password(member.username(), Member.PASSWORD)
                        .tokens()
                        .access();

        for (String path : List.of("", "?by=role", "/users?state=all", "/users?state=missing&format=csv")) {
            Reply reply = Http.get(
                    other.address().resolve("/admin/realms/" + other.name() + "/mfa/coverage" + path),
                    Map.of("Authorization", "Bearer " + token));
            assertThat(reply.status()).as(path + reply.body()).isEqualTo(status);
        }
    }

    private static Map<String, Object> rule(String id, Map<String, Object> more) {
        Map<String, Object> rule = new LinkedHashMap<>(more);
        rule.put("id", id);
        rule.put("name", id);
        return rule;
    }

    private static Map<String, Object> exception(String id, Map<String, Object> scope) {
        return rule(id, Map.of("required", false, "scope", scope, "reason", FORMULA, "valid_until", END));
    }

    private void add(String name, Member member) {
        people.put(name, member);
    }

    /** A credential that Keycloak's own API does not make. */
    private void stored(Member member, String type) {
        server.database()
                .update(
                        "insert into CREDENTIAL (ID, TYPE, USER_ID, CREATED_DATE, PRIORITY, SECRET_DATA, CREDENTIAL_DATA)"
                                + " values (?, ?, ?, 1, 10, '{}', '{}')",
                        UUID.randomUUID().toString(),
                        type,
                        member.id());
    }

    private void beginGrace(String name) {
        realm.password(new Browser(), realm.web().signIn(), people.get(name)).as(GracePage.class);
    }

    private JsonNode coverage(String query) {
        return realm.admin().get(realm.name() + "/mfa/coverage" + query);
    }

    private JsonNode users(String query) {
        return coverage("/users?" + query);
    }

    private Map<String, JsonNode> parts(String by) {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        coverage("?by=" + by)
                .path("parts")
                .forEach(part -> parts.put(part.path(by).asText(), part));
        return parts;
    }

    private String export(String query, String accept) {
        return export("?" + query, accept, "/users");
    }

    private String export(String query, String accept, String path) {
        URI address = realm.address().resolve("/admin/realms/" + realm.name() + "/mfa/coverage" + path + query);
        Map<String, String> headers = new LinkedHashMap<>(realm.admin().authorization());
        headers.put("Accept", accept);
        Reply reply = Http.get(address, headers).expect(200);
        if (!accept.equals("*/*")) {
            assertThat(reply.header("Content-Type").orElse("")).startsWith(accept);
        }
        return reply.body();
    }

    private Set<String> named(JsonNode users) {
        Set<String> names = new TreeSet<>();
        users.forEach(one -> names.add(nameOf(one.path("user_id").asText())));
        return names;
    }

    private String nameOf(String id) {
        return people.entrySet().stream()
                .filter(each -> each.getValue().id().equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(id);
    }
}
