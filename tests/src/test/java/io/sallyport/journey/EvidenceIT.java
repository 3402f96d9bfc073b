package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One file that an auditor takes home. */
@Journey
final class EvidenceIT {

    private final MfaRealm realm;

    @TempDir
    private Path desk;

    private Auditor auditor;

    EvidenceIT(PostgresServer server) {
        this.realm = MfaRealm.strict(server.keycloak());
    }

    @BeforeEach
    void anAuditor() {
        auditor = new Auditor(realm, desk);
    }

    @Test
    @DisplayName(
            "A packet tells the policy with its history, who is exempt and why, the coverage and the trail; it verifies")
    void aPacketOfToday() throws Exception {
        Member exempt = realm.newcomer();
        Instant begins = Instant.now().plus(7, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        Policies policies = Policies.of(realm);
        Reply rule = policies.create(Map.of(
                        "name",
                        "contractors",
                        "scope",
                        Map.of("user", exempt.username()),
                        "required",
                        false,
                        "reason",
                        "=no phones yet",
                        "valid_from",
                        begins.toString(),
                        "valid_until",
                        Instant.now().plus(30, ChronoUnit.DAYS).toString()))
                .expect(201);
        realm.signIn(new Browser(), realm.enrolled());
        auditor.awaitSealed();

        byte[] packet = packet("?from=2026-01-01").body();

        Map<String, String> files = files(packet);
        assertThat(files)
                .containsOnlyKeys(
                        "README.txt",
                        "coverage/end.json",
                        "coverage/missing-now.csv",
                        "coverage/now.json",
                        "manifest.jws",
                        "policy/action-changes.ndjson",
                        "policy/exceptions.csv",
                        "policy/policy.json",
                        "policy/rule-changes.ndjson",
                        "policy/settings.json",
                        "trail/period.csv",
                        "trail/trail.ndjson");
        String id = rule.json().path("id").asText();
        assertThat(files.get("policy/exceptions.csv"))
                .contains("\"reason\",\"owner\",\"valid_from\",\"valid_until\"")
                .contains(id, "\"'=no phones yet\",\"", "\",\"" + begins + "\",\"", exempt.id());
        assertThat(files.get("policy/policy.json")).contains(id);
        assertThat(files.get("policy/rule-changes.ndjson").lines().map(Json::read))
                .anySatisfy(change -> {
                    assertThat(change.path("rule_id").asText()).isEqualTo(id);
                    assertThat(change.path("actor").asText()).isNotEmpty();
                    assertThat(change.path("reason").asText()).isNotEmpty();
                    assertThat(change.path("after").path("required").asBoolean(true))
                            .isFalse();
                });
        JsonNode now = Json.read(files.get("coverage/now.json"));
        assertThat(now.path("users").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(now.path("missing").asLong()).isPositive();
        assertThat(files.get("coverage/missing-now.csv")).contains(exempt.username());
        assertThat(files.get("trail/period.csv")).contains("auth.mfa_verified", "auth.mfa_policy_created");
        assertThat(Json.read(files.get("policy/settings.json"))
                        .path("mfa.enabled")
                        .asText())
                .isEqualTo("true");
        Auditor.Opinion opinion = auditor.opinionOf(write(packet));
        assertThat(opinion).isEqualTo(new Auditor.Opinion(0, opinion.words()));
    }

    @Test
    @DisplayName("A packet in which one file was changed is found out")
    void aChangedPacket() throws Exception {
        auditor.awaitSealed();
        Map<String, String> files = files(packet("?from=2026-01-01").body());
        files.put("policy/exceptions.csv", "\"nobody\"\r\n");
        Path changed = desk.resolve("changed.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }

        Auditor.Opinion opinion = auditor.opinionOf(changed);

        assertThat(opinion.answer()).isEqualTo(1);
        assertThat(opinion.words()).startsWith("policy/exceptions.csv: is not what was signed");
    }

    @Test
    @DisplayName("The policy is told as it was at the end of the period, not as it became")
    void thePast() throws Exception {
        Policies policies = Policies.of(realm);
        Member member = realm.newcomer();
        Reply before = policies.create(
                        Map.of("name", "then", "scope", Map.of("user", member.username()), "required", true))
                .expect(201);
        Instant end = Instant.parse(before.json().path("changed_at").asText()).plusMillis(1);
        policies.delete(before.json().path("id").asText(), "?reason=over").expect(204);
        Reply later = policies.create(
                        Map.of("name", "later", "scope", Map.of("user", member.username()), "required", true))
                .expect(201);

        Map<String, String> files = files(packet("?from=2026-01-01&to=" + end).body());

        assertThat(files.get("policy/policy.json"))
                .contains(before.json().path("id").asText())
                .doesNotContain(later.json().path("id").asText());
        assertThat(files.get("policy/rule-changes.ndjson"))
                .doesNotContain(later.json().path("id").asText());
    }

    @Test
    @DisplayName("Who takes evidence is on the trail before it leaves")
    void onTheRecord() throws Exception {
        packet("?from=2026-01-01");

        assertThat(realm.admin()
                        .get(realm.name() + "/mfa/audit?type=auth.mfa_evidence_exported")
                        .path("rows"))
                .anySatisfy(row -> {
                    assertThat(row.path("actor").asText()).isNotEmpty();
                    assertThat(row.path("details").path("from").asText()).isEqualTo("2026-01-01T00:00:00Z");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?from=yesterday",
                "?from=2026-01-01&to=2999-01-01",
                "?from=2026-02-01&to=2026-01-01",
                "?from=2026-01-01&until=2026-02-01",
                "?from=2026-01-01&from=2026-01-02"
            })
    @DisplayName("What is no period is refused, in words")
    void nonsense(String query) {
        Reply refused = realm.admin().tryGet(realm.name() + "/mfa/evidence" + query);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("error").asText()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    @DisplayName("Coverage is counted once a day, and kept")
    void coverageByDay() {
        Instant end = Instant.now().plus(Duration.ofMinutes(5));
        JsonNode days;
        do {
            days = realm.admin()
                    .get(realm.name() + "/mfa/coverage/history?from=2026-01-01")
                    .path("days");
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        } while (days.isEmpty() && Instant.now().isBefore(end));

        assertThat(days).isNotEmpty().allSatisfy(day -> {
            assertThat(day.path("users").isNumber()).isTrue();
            assertThat(day.path("enrolled_percent").isNumber()).isTrue();
        });
    }

    private HttpResponse<byte[]> packet(String query) throws IOException, InterruptedException {
        URI address = realm.server().address().resolve("/admin/realms/" + realm.name() + "/mfa/evidence" + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        realm.admin().authorization().forEach(request::header);
        HttpResponse<byte[]> reply =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Disposition").orElse("")).contains("mfa-evidence-", ".zip");
        return reply;
    }

    private Path write(byte[] packet) throws IOException {
        return Files.write(desk.resolve("packet.zip"), packet);
    }

    private static Map<String, String> files(byte[] packet) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packet))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
