package io.sallyport.journey;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Two servers on one PostgreSQL, which see each other as one cluster unless their caches are local. */
final class TwoNodes implements AutoCloseable {

    /** Every statement stands in the server's log. */
    private static final String STATEMENTS = "--log-level=INFO,org.hibernate.SQL:debug";

    private final Path data;
    private final KeycloakServer first;
    private final KeycloakServer second;
    private EmbeddedPostgres postgres;

    private TwoNodes(Path data, EmbeddedPostgres postgres, KeycloakServer first, KeycloakServer second) {
        this.data = data;
        this.postgres = postgres;
        this.first = first;
        this.second = second;
    }

    private static final List<String> CLUSTER =
            List.of("--cache=ispn", "--cache-embedded-network-bind-address=127.0.0.1");

    static TwoNodes clustered() throws IOException {
        return start(
                "nodes-clustered",
                Stream.concat(CLUSTER.stream(), Stream.of(STATEMENTS)).toList(),
                true);
    }

    /** Without a word about statements, for what must be quick. */
    static TwoNodes quiet(List<String> options) throws IOException {
        return start(
                "nodes-quiet", Stream.concat(CLUSTER.stream(), options.stream()).toList(), true);
    }

    static TwoNodes local() throws IOException {
        return start("nodes-local", List.of("--cache=local", STATEMENTS), false);
    }

    private static TwoNodes start(String name, List<String> options, boolean ports) throws IOException {
        ServerHome home = SharedServer.home(name + "-1");
        Path keys = KeyFile.at(home.directory().resolve("data/keys"));
        Path data = home.directory().resolve("data/postgres");
        EmbeddedPostgres postgres = postgres(data, Ports.free());
        ServerDatabase database =
                new ServerDatabase("postgres", postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        return new TwoNodes(
                data,
                postgres,
                node(home, keys, database, options, ports),
                node(SharedServer.home(name + "-2"), keys, database, options, ports));
    }

    /** A commit that was answered is on disk, as in production. */
    private static EmbeddedPostgres postgres(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private static KeycloakServer node(
            ServerHome home, Path keys, ServerDatabase database, List<String> options, boolean clustered) {
        Stream<String> port =
                clustered ? Stream.of("--cache-embedded-network-bind-port=" + Ports.free()) : Stream.empty();
        return new KeycloakServer(new ServerPlan(
                        home,
                        Ports.free(),
                        Ports.free(),
                        "admin",
                        Optional.of(keys),
                        database,
                        Stream.concat(options.stream(), port).toList()))
                .start();
    }

    KeycloakServer first() {
        return first;
    }

    KeycloakServer second() {
        return second;
    }

    /** The database ends at once, under whatever it was doing, and comes back with what was committed. */
    void crashDatabase() throws IOException, InterruptedException {
        String postmaster =
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        ProcessHandle running = ProcessHandle.of(Long.parseLong(postmaster)).orElseThrow();
        new ProcessBuilder("kill", "-QUIT", postmaster).start().waitFor(); // an immediate shutdown
        running.onExit().join();
        int port = postgres.getPort();
        postgres.close();
        postgres = postgres(data, port);
    }

    /** How many statements of a node had this in their text, since the mark. */
    static long statements(KeycloakServer node, int mark, String text) {
        return node.log()
                .substring(mark)
                .lines()
                .filter(line -> line.contains("org.hibernate.SQL") && line.contains(text))
                .count();
    }

    @Override
    public void close() throws IOException {
        second.close();
        first.close();
        postgres.close();
    }
}
