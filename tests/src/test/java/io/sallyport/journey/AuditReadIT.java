package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads the trail, finds what he looks for, takes it away as a file, and is seen doing it. */
@Journey
final class AuditReadIT {

    private static final Pattern CELL = Pattern.compile("\"(?:[^\"]++|\"\")*+\"");

    private final MfaRealm realm;
    private final Member member;
    private final String policyEvent;

    AuditReadIT(KeycloakServer server) throws Exception {
        this.realm = MfaRealm.strict(server);
        this.member = realm.enrolled();
        realm.signIn(new Browser(), member);
        this.policyEvent = Policies.of(realm)
                .create(Map.of("required", true, "scope", Map.of("user", member.username()), "name", "Zoë \u2028 🔑"))
                .expect(201)
                .json()
                .path("id")
                .asText();
    }

    @Test
    @DisplayName("Pages follow each other without a gap and without a repetition while new rows come")
    void pages() {
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = read("max=2" + next);
            page.path("rows").forEach(row -> seen.add(row.path("event_id").asText()));
            next = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
            SettingsApi.of(realm)
                    .change(Map.of("mfa.claim.ttl", 100 + seen.size()))
                    .expect(200);
        } while (!next.isEmpty());

        assertThat(seen).hasSizeGreaterThan(3).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("Each filter finds the row of a sign-in, and another value does not")
    void filters() {
        JsonNode row = read("user=" + member.id() + "&type=auth.mfa_verified")
                .path("rows")
                .path(0);
        assertThat(row.path("event_id").asText()).isNotEmpty();
        Map<String, String> fields = Map.of(
                "event_id", "event_id",
                "user", "user_id",
                "actor", "actor",
                "type", "event_code",
                "method", "method",
                "outcome", "outcome",
                "client", "client_id",
                "session", "session_id",
                "ip", "ip",
                "correlation_id", "correlation_id");

        fields.forEach((filter, field) -> {
            String value = row.path(field).asText();
            assertThat(value).as(field).isNotEmpty();
            String about = filter.equals("user") ? "" : "&user=" + member.id();
            assertThat(read(filter + "=" + value + about).findValuesAsText("event_id"))
                    .as(filter)
                    .contains(row.path("event_id").asText());
        });
        assertThat(read("user=" + member.id() + "&from=2999-01-01T00:00:00Z").path("rows"))
                .isEmpty();
        assertThat(read("client=nobody").path("rows")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("What makes no sense is a clear error, never fewer filters than were meant")
    @ValueSource(
            strings = {
                "first=0",
                "usr=x",
                "USER=x",
                "user=",
                "user=a&user=b",
                "type=auth.mfa_made_up",
                "type=1",
                "method=totp",
                "outcome=maybe",
                "max=0",
                "max=501",
                "max=x",
                "cursor=x",
                "from=yesterday",
                "from=2026-01-01T00:00:00.0005Z",
                "to=2026-01-01T00:00:00.000000001Z",
                "from=+1000000000-12-31T23:59:59Z",
                "to=0001-01-01T00:00:00Z",
                "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z"
            })
    void badInput(String query) {
        Reply reply = realm.admin().tryGet(realm.name() + "/mfa/audit?" + query.replace("+", "%2B"));

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).isEqualTo("INVALID_REQUEST");
        assertThat(reply.json().path("problems").path(0).asText()).startsWith(query.substring(0, query.indexOf('=')));
    }

    @Test
    @DisplayName("Who reads is on the record with what he looked for, before he sees it")
    void readingIsOnTheRecord() {
        String marker = "c" + System.identityHashCode(this);

        read("client=" + marker + "&from=2026-01-01T00:00:00Z");

        JsonNode rows = read("type=auth.mfa_audit_read").path("rows");
        assertThat(rows).anySatisfy(row -> {
            assertThat(row.path("details").path("filters").asText())
                    .isEqualTo("{\"client\":\"" + marker + "\",\"from\":\"2026-01-01T00:00:00Z\"}");
            assertThat(row.path("actor").asText()).isNotEmpty();
            assertThat(row.path("event_code").asInt()).isEqualTo(10120);
        });
    }

    @Test
    @DisplayName("A change of a rule says what it was before and what it is after, whole, however long")
    void beforeAndAfter() {
        List<String> networks = new ArrayList<>();
        for (int net = 0; net < 120; net++) {
            networks.add("10.1." + net + ".0/24");
        }
        JsonNode made = Policies.of(realm)
                .create(Map.of(
                        "required",
                        true,
                        "scope",
                        Map.of("user", realm.newcomer().username()),
                        "when",
                        Map.of("inside_networks", networks)))
                .expect(201)
                .json();

        JsonNode row = read("rule=" + made.path("id").asText()).path("rows").path(0);

        JsonNode after = Json.read(row.path("details").path("after").asText());
        assertThat(after.path("when").path("inside_networks")).hasSize(120);
        assertThat(row.path("details").has("before")).isFalse();
        JsonNode named = Json.read(read("rule=" + policyEvent)
                .path("rows")
                .path(0)
                .path("details")
                .path("after")
                .asText());
        assertThat(named.path("name").asText()).isEqualTo("Zoë \u2028 🔑");
    }

    @Test
    @DisplayName("The table is what its manifest says, and the manifest is signed by the realm")
    void table() throws Exception {
        Reply csv = realm.admin().tryGet(realm.name() + "/mfa/audit/export?format=csv&user=" + member.id());

        assertThat(csv.expect(200).header("Content-Type").orElseThrow()).startsWith("text/csv");
        List<String> lines = csv.body().lines().toList();
        assertThat(lines.get(0)).startsWith("\"position\",\"timestamp\",\"event_id\"");
        String id = csv.header("X-Export-Id").orElseThrow();
        JsonNode manifest = payload(realm.admin()
                .get(realm.name() + "/mfa/audit/export/" + id + "/manifest")
                .path("manifest")
                .asText());
        assertThat(manifest.path("rows").asInt()).isEqualTo(lines.size() - 1).isPositive();
        assertThat(manifest.path("sha256").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(csv.body().getBytes(StandardCharsets.UTF_8))));
        assertThat(manifest.path("filters").path("user").asText()).isEqualTo(member.id());
        assertThat(manifest.path("time_source").asText()).isEqualTo("database");
        assertThat(manifest.path("policy_version").asLong()).isPositive();
        assertThat(realm.admin()
                        .tryGet(realm.name() + "/mfa/audit/export/" + member.id() + "/manifest")
                        .status())
                .isEqualTo(404);
        assertThat(realm.admin()
                        .tryGet(realm.name() + "/mfa/audit/export?format=xml")
                        .status())
                .isEqualTo(400);
        assertThat(realm.admin()
                        .tryGet(realm.name() + "/mfa/audit/export?user=x")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName(
            "AUD-05: the rows of some time are handed out with what shows that they were signed, and the verifier takes them")
    void someTime(@TempDir Path desk) throws Exception {
        Auditor auditor = new Auditor(realm, desk);
        auditor.awaitSealed();
        JsonNode first = read("max=500").path("rows");
        String from = first.path(first.size() - 1).path("timestamp").asText();
        String to = first.path(0).path("timestamp").asText();
        auditor.awaitSealed(); // whoever read that is on the record after it, so by then all of that time is signed

        Reply export = realm.admin().tryGet(realm.name() + "/mfa/audit/export?from=" + from + "&to=" + to);

        List<String> lines = export.expect(200).body().lines().toList();
        assertThat(lines).hasSizeGreaterThan(2).last().asString().startsWith("{\"manifest\":");
        assertThat(lines.get(0)).startsWith("{\"checkpoint\":");
        assertThat(lines.get(1))
                .contains(first.path(first.size() - 1).path("event_id").asText());
        Auditor.Opinion opinion = auditor.opinionOf(Files.write(desk.resolve("period.ndjson"), lines));
        assertThat(opinion).isEqualTo(new Auditor.Opinion(0, opinion.words()));
        long rows =
                lines.stream().filter(line -> line.startsWith("{\"position\":")).count();
        assertThat(opinion.words()).startsWith(rows + " rows from " + from).contains("is in what is signed in");
        Auditor.Opinion fewer =
                auditor.opinionOf(Files.write(desk.resolve("fewer.ndjson"), lines.subList(1, lines.size())));
        assertThat(fewer.answer()).isEqualTo(1);
        assertThat(auditor.opinionOf(Files.write(
                                desk.resolve("cut.ndjson"),
                                auditor.export().stream()
                                        .filter(line -> !line.startsWith("{\"manifest\":"))
                                        .toList()))
                        .answer())
                .isEqualTo(3);
    }

    @Test
    @DisplayName("AUD-04: no text of a person breaks a line, a page or a document, and none is interpreted")
    void hostileTexts() throws Exception {
        String hostile = "a\u2028b\u2029[2J${jndi:ldap://127.0.0.1/x}\"',=cmd|' /C calc'!A0\u202e<script>";
        Member victim = realm.newcomer();
        for (Map<String, String> headers : List.of(
                Map.of("User-Agent", "=1+1\"';${jndi:ldap://127.0.0.1/x}<script>"),
                Map.of("X-Forwarded-For", "=1+1, ${jndi:ldap://127.0.0.1/x}"),
                Map.of("X-Correlation-Id", "=1+1\"${jndi:x}"))) {
            Map<String, String> all = new HashMap<>(realm.admin().authorization());
            all.putAll(headers);
            Http.get(
                            realm.server()
                                    .address()
                                    .resolve("/admin/realms/" + realm.name() + "/mfa/audit?client="
                                            + URLEncoder.encode(hostile, StandardCharsets.UTF_8)),
                            all)
                    .expect(200);
        }
        realm.admin()
                .send(
                        "POST",
                        realm.name() + "/mfa/policies?reason=" + URLEncoder.encode(hostile, StandardCharsets.UTF_8),
                        Json.write(Map.of("required", true, "name", "=x", "scope", Map.of("user", victim.username()))))
                .expect(201);

        JsonNode rows = read("max=500").path("rows");
        assertThat(rows)
                .anySatisfy(row -> assertThat(row.path("user_agent").asText()).startsWith("=1+1"));
        assertThat(rows.toString()).contains("${jndi:ldap://127.0.0.1/x}").doesNotContain("\u2028", "\u202e");
        List<String> sealed = realm.admin()
                .tryGet(realm.name() + "/mfa/audit/export")
                .expect(200)
                .body()
                .lines()
                .toList();
        assertThat(sealed)
                .allSatisfy(line -> assertThat(Json.read(line).isObject()).isTrue());
        String csv = realm.admin()
                .tryGet(realm.name() + "/mfa/audit/export?format=csv")
                .expect(200)
                .body();
        assertThat(csv).contains("\"'=1+1").doesNotContain("\"=1+1");
        HashSet<Integer> widths = new HashSet<>();
        csv.lines()
                .forEach(line -> widths.add((int) CELL.matcher(line).results().count()));
        assertThat(widths).hasSize(1);
        assertThat(realm.server().log().lines().filter(line -> line.contains("\u2028") || line.contains("\u202e")))
                .isEmpty();
    }

    private JsonNode read(String query) {
        return realm.admin().get(realm.name() + "/mfa/audit?" + query);
    }

    private static JsonNode payload(String jws) {
        return Json.read(new String(Base64.getUrlDecoder().decode(jws.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }
}
