package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody takes the trail away over a slow line, on a server whose operator wants short transactions. */
final class LongExportIT {

    private static final String EXPORT = "/mfa/audit/export";
    private static final String NOTHING_NEW = "{\"document\":{\"rules\":[]}}";
    private static final int ROWS = 12_000;
    private static final int SLOW_READERS = 6;
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(20);

    /** More than all the buffers between the server and its reader hold. */
    private static final String OLD = """
            INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, OUTCOME, REASON, CORRELATION_ID, DETAILS, TIMESTAMP)
            SELECT gen_random_uuid()::text, 10099, 'auth.mfa_failed', ?, 'FAILURE', 'long ago', 'x',
              '{"note":"' || repeat('x', 1900) || '"}', 1700000000000 + N FROM generate_series(1, ?) N""";

    @TempDir
    private Path desk;

    @Test
    @DisplayName("AUD-05: an export outlasts the server's transactions and the removal of its rows, and is whole")
    void isWhole() throws Exception {
        ServerHome home = SharedServer.home("journey-long-export");
        try (EmbeddedPostgres postgres = postgres(home);
                KeycloakServer server = server(home, postgres, List.of())) {
            MfaRealm realm = MfaRealm.stock(server);
            Auditor auditor = new Auditor(realm, desk);
            String realmId = addOldRows(realm);
            auditor.awaitSealed();
            realm.setUp(Map.of(), Rules.FOR_ALL).expect(200);

            try (BufferedReader sealed = export(realm, "");
                    BufferedReader table = export(realm, "?format=csv")) {
                List<String> lines = new ArrayList<>(List.of(sealed.readLine()));
                List<String> cells = new ArrayList<>(List.of(table.readLine()));
                long begun = System.nanoTime();
                SettingsApi.of(realm)
                        .change(Map.of("mfa.audit.retention-days", "30"))
                        .expect(200);
                while (System.nanoTime() - begun
                                < LONGEST_TRANSACTION.plusSeconds(10).toNanos()
                        || !server.database()
                                .rows(
                                        "SELECT 1 FROM MFA_AUDIT WHERE REALM_ID = ? AND REASON = 'long ago' LIMIT 1",
                                        realmId)
                                .isEmpty()) {
                    LockSupport.parkNanos(50_000_000);
                    lines.add(sealed.readLine());
                    cells.add(table.readLine());
                }
                sealed.lines().forEach(lines::add);
                table.lines().forEach(cells::add);

                Auditor.Opinion opinion = auditor.opinionOf(Files.write(desk.resolve("slow.ndjson"), lines));
                assertThat(opinion).isEqualTo(new Auditor.Opinion(0, opinion.words()));
                assertThat(lines).filteredOn(line -> line.contains("long ago")).hasSize(ROWS);
                assertThat(cells).filteredOn(line -> line.contains("long ago")).hasSize(ROWS);
            }
            assertThat(realm.admin()
                            .get(realm.name() + "/mfa/audit?type=auth.mfa_audit_exported")
                            .path("rows"))
                    .as("two that began and two that ended")
                    .hasSize(4);
            Auditor.Opinion now = auditor.opinion();
            assertThat(now).isEqualTo(new Auditor.Opinion(0, now.words()));
            assertThat(now.words()).contains(ROWS + " older ones removed");
        }
    }

    @Test
    @DisplayName("R-13, AUD-05: of those who take files away and don't read them one has a connection, for a minute;"
            + " people sign in, and nobody takes what is cut off for a whole file")
    void slowReadersKeepNobodyOut() throws Exception {
        ServerHome home = SharedServer.home("journey-slow-readers");
        try (EmbeddedPostgres postgres = postgres(home);
                KeycloakServer server = server(home, postgres, List.of("--db-pool-max-size=5"))) {
            MfaRealm realm = MfaRealm.strict(server);
            addOldRows(realm);

            List<HttpResponse<InputStream>> readers = new ArrayList<>();
            for (int i = 0; i < SLOW_READERS; i++) {
                readers.add(begin(realm, ""));
            }

            assertThat(readers)
                    .extracting(HttpResponse::statusCode)
                    .startsWith(200)
                    .containsOnly(200, 429)
                    .filteredOn(status -> status == 200)
                    .hasSize(1);
            HttpResponse<InputStream> refused = readers.get(1);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(new String(refused.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("RATE_LIMITED");
            Simulate simulate = new Simulate(server, realm);
            Reply simulated = simulate.post(simulate.token(), NOTHING_NEW, "application/x-ndjson");
            assertThat(simulated.status())
                    .as("lines of a simulation are a file")
                    .isEqualTo(429);
            simulate.post(simulate.token(), NOTHING_NEW, "application/json").expect(200);
            realm.enrolled();
            Auditor.await("a seat that somebody did not use", () -> isHandedOut(realm));
            assertCutOff(readers.get(0));
            simulate.post(simulate.token(), NOTHING_NEW, "application/x-ndjson").expect(200);
            assertCutOffOverHttp2(realm);
            assertThat(server.log()).doesNotContain("Acquisition timeout", "no database connection within", " ERROR ");
            assertCutOffWhenItStops(realm);
        }
    }

    /** Others share the connection there. */
    private static void assertCutOffOverHttp2(MfaRealm realm) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        assertThat(begin(client, realm, "/mfa/health").version()).isEqualTo(HttpClient.Version.HTTP_2);

        HttpResponse<InputStream> stuck = begin(client, realm, EXPORT);
        Auditor.await("a seat that somebody did not use", () -> isHandedOut(realm));

        assertThat(stuck.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(begin(client, realm, "/mfa/health").statusCode()).isEqualTo(200);
        assertCutOff(stuck);
    }

    private static void assertCutOffWhenItStops(MfaRealm realm) throws Exception {
        HttpResponse<InputStream> stuck = begin(realm, "");
        assertThat(stuck.statusCode()).isEqualTo(200);

        realm.server().stop();

        assertCutOff(stuck);
        assertThat(realm.server().log()).as("nobody waited for him").contains(" stopped in ");
    }

    /** All that came, and an error where it ends. */
    private static void assertCutOff(HttpResponse<InputStream> answer) {
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        assertThatThrownBy(() -> answer.body().transferTo(came))
                .as("nobody takes it for a whole file")
                .isInstanceOf(IOException.class);
        assertThat(came.toString(StandardCharsets.UTF_8))
                .contains("\"row\"")
                .doesNotContain("{\"manifest\":", "\"error\":");
    }

    private static boolean isHandedOut(MfaRealm realm) {
        return realm.admin()
                        .tryGet(realm.name() + "/mfa/audit/export?to=2001-01-01T00:00:00Z")
                        .status()
                == 200;
    }

    private static String addOldRows(MfaRealm realm) {
        String realmId = realm.admin().get(realm.name()).path("id").asText();
        realm.server().database().update(OLD, realmId, ROWS);
        return realmId;
    }

    private static BufferedReader export(MfaRealm realm, String query) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = begin(realm, query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static HttpResponse<InputStream> begin(MfaRealm realm, String query)
            throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return begin(client, realm, EXPORT + query);
    }

    private static HttpResponse<InputStream> begin(HttpClient client, MfaRealm realm, String call)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(realm.server().address().resolve("/admin/realms/" + realm.name() + call));
        realm.admin().authorization().forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static EmbeddedPostgres postgres(ServerHome home) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(home.directory().resolve("data/postgres"))
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
    }

    private static KeycloakServer server(ServerHome home, EmbeddedPostgres postgres, List<String> more) {
        List<String> options = new ArrayList<>(List.of(
                "--spi-events-listener--sallyport-audit--retention-interval=1",
                "--transaction-default-timeout=" + LONGEST_TRANSACTION.toSeconds() + "s"));
        options.addAll(more);
        return new KeycloakServer(new ServerPlan(
                        home,
                        Ports.free(),
                        Ports.free(),
                        "admin",
                        Optional.of(KeyFile.at(home.directory().resolve("data/keys"))),
                        new ServerDatabase(
                                "postgres", postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres"),
                        options))
                .start();
    }
}
