package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A simulation over a hundred thousand people on PostgreSQL, by a server with half a gigabyte; it prints what it measures. */
@Tag("torture")
@TestInstance(Lifecycle.PER_CLASS)
final class SimulateTortureIT {

    private static final int USERS = 100_000;
    private static final int STEPS = 10;
    private static final String BODY = "{\"enforce\":[\"report\"],\"max\":1000}";

    private EmbeddedPostgres postgres;
    private ServerDatabase database;
    private KeycloakServer server;
    private MfaRealm realm;

    @BeforeAll
    void start() throws IOException {
        ServerHome home = SharedServer.home("journey-torture");
        Path data = home.directory().resolve("data/postgres");
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("logging_collector", "on")
                .start();
        database = new ServerDatabase("postgres", postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        server = new KeycloakServer(new ServerPlan(
                        home,
                        Ports.free(),
                        Ports.free(),
                        "admin",
                        Optional.of(KeyFile.at(home.directory().resolve("data/keys"))),
                        database,
                        List.of(),
                        "-Xmx512m"))
                .start();
        realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        realm.change(Map.of("organizationsEnabled", true));
        database.open().update(script("population.sql"));
        server.stop(); // what it has cached of the realm is not what the script made of it
        server.start();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        postgres.close();
    }

    @Test
    @DisplayName("The numbers are those of an independent query, and it is told how long it took")
    void theNumbers() {
        JavaProcess java = JavaProcess.ofTheServer();
        for (int run = 1; run <= 3; run++) {
            Instant begin = Instant.now();
            Duration worked = java.worked();
            JsonNode answer = simulate();
            System.out.printf(
                    "simulate over %d users, run %d: %d ms, of which the server's processor worked %d ms%n",
                    USERS,
                    run,
                    Duration.between(begin, Instant.now()).toMillis(),
                    java.worked().minus(worked).toMillis());

            assertNumbers(answer.path("summary"));
            assertThat(answer.path("affected")).hasSize(1000);
            assertThat(answer.path("next").asText()).isNotEmpty();
        }
    }

    @Test
    @DisplayName("Every thousand users cost the same few statements")
    void statements() throws Exception {
        long statements = new StatementLog(database.open()).of(this::simulate);

        System.out.printf("simulate over %d users: %d statements%n", USERS, statements);
        assertThat(statements).isBetween(USERS / 1000 * 5L, USERS / 1000 * 6L + 100);
    }

    @Test
    @DisplayName("Who goes away stops it")
    void whoGoesAwayStopsIt() throws Exception {
        long statements = new StatementLog(database.open()).of(() -> {
            try (Stream<String> lines = stream()) {
                return lines.anyMatch(line -> line.contains("progress"));
            } finally {
                new StatementLog(database.open()).awaitQuiet();
            }
        });

        System.out.printf("simulate, left after the first line of progress: %d statements%n", statements);
        assertThat(statements).isLessThan(USERS / 1000 * 5L);
        assertThat(server.log()).doesNotContain(" ERROR ");
    }

    @Test
    @DisplayName("Flat memory: what is alive after a collection does not grow while the stream goes on")
    void flatMemory() throws Exception {
        JavaProcess java = JavaProcess.ofTheServer();
        simulate();
        List<Long> alive = new ArrayList<>(List.of(java.alive()));
        Map<String, Integer> listed = new HashMap<>();
        String last = "";
        try (Stream<String> lines = stream()) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode json = Json.read(line);
                if (json.has("affected")) {
                    listed.merge(json.path("affected").path("user").asText(), 1, Integer::sum);
                }
                if (json.has("progress") && json.path("progress").path("done").asInt() % (USERS / STEPS) == 0) {
                    alive.add(java.alive());
                }
                last = line;
            }
        }

        System.out.printf(
                "alive in the server, MB: %s%n",
                alive.stream().map(bytes -> bytes >> 20).toList());
        assertNumbers(Json.read(last).path("summary"));
        assertThat(listed.values()).containsOnly(1);
        assertThat(alive).hasSizeGreaterThan(STEPS / 2);
        assertThat(alive.get(alive.size() - 1)).isLessThan(alive.get(0) + (64L << 20));
    }

    private void assertNumbers(JsonNode summary) {
        Map<String, Map<String, Integer>> numbers = new HashMap<>();
        for (Map<String, String> row : database.open().rows(script("verdicts.sql"))) {
            int people = Integer.parseInt(row.get("PEOPLE"));
            count(numbers, "before", row.get("BEFORE"), people);
            count(numbers, "after", row.get("AFTER"), people);
            if (!row.get("BEFORE").equals(row.get("AFTER"))) {
                count(numbers, "changes", row.get("BEFORE") + "_to_" + row.get("AFTER"), people);
                count(numbers, "administrators", row.get("AFTER"), Integer.parseInt(row.get("ADMINISTRATORS")));
                count(numbers, "break_glass", row.get("AFTER"), Integer.parseInt(row.get("BREAK_GLASS")));
            }
        }
        System.out.println(numbers);
        for (String part : List.of("before", "after", "changes")) {
            numbers.get(part)
                    .forEach((name, people) -> assertThat(
                                    summary.path(part).path(name).asInt())
                            .as(part + " " + name)
                            .isEqualTo(people));
        }
        for (String part : List.of("administrators", "break_glass")) {
            assertThat(summary.path(part).path("must_enroll").asInt())
                    .isEqualTo(numbers.get(part).getOrDefault("enroll", 0));
        }
        assertThat(summary.path("users").asInt()).isEqualTo(99_000);
        assertThat(summary.path("disabled").asInt()).isEqualTo(1_000);
    }

    private static void count(Map<String, Map<String, Integer>> numbers, String part, String name, int people) {
        numbers.computeIfAbsent(part, key -> new HashMap<>()).merge(name, people, Integer::sum);
    }

    private JsonNode simulate() {
        return Http.sendJson("POST", address(), BODY, Map.of("Authorization", "Bearer " + token()))
                .expect(200)
                .json();
    }

    private Stream<String> stream() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address())
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .header("Accept", "application/x-ndjson")
                .POST(BodyPublishers.ofString("{\"enforce\":[\"report\"]}"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body();
    }

    private URI address() {
        return realm.address().resolve("/admin/realms/" + realm.name() + "/mfa/simulate");
    }

    private String token() {
        return new OidcClient(server.realm("master"), "admin-cli", Optional.empty(), MfaRealm.CALLBACK)
                .password("admin", "admin")
                .tokens()
                .access();
    }

    private String script(String name) {
        try (InputStream in = SimulateTortureIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(
                            "$realm", realm.admin().get(realm.name()).path("id").asText());
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
