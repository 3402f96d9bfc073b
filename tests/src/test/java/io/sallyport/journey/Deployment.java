package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * What compose.yaml describes, without an engine: the same image's environment and commands on the same distribution, the
 * same proxy with the same configuration, a real PostgreSQL, and the secrets that secrets.sh makes. Only addresses, ports and
 * paths are those of this machine.
 */
final class Deployment implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");

    private final Containers containers = Containers.read();
    private final ServerHome home = SharedServer.home("deployment-1");
    private final Path directory = home.directory().resolve("data");
    private final int port = Ports.free();
    private final EmbeddedPostgres postgres;
    private final ComposedNode first;
    private final ComposedNode second;
    private final ServerProcess proxy;

    private Deployment() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        ContainersTest.secrets(secrets());
        Certificates.trust(secrets().resolve("tls.crt"));
        this.postgres = postgres();
        this.first = node("node1", home);
        this.second = node("node2", SharedServer.home("deployment-2"));
        first.build(containers.build());
        second.build(containers.build());
        first.start();
        second.start();
        this.proxy = ServerProcess.start(proxy());
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::stop, "stop-haproxy"));
        awaitListening();
    }

    /** Skips the journeys where there is no HAProxy, unless SALLYPORT_REQUIRE_HAPROXY says that there must be one. */
    static Deployment up() throws IOException, InterruptedException {
        boolean present = Files.isExecutable(HAPROXY);
        if (Boolean.parseBoolean(System.getenv("SALLYPORT_REQUIRE_HAPROXY"))) {
            assertThat(present).as("%s is here", HAPROXY).isTrue();
        }
        assumeTrue(present, "no HAProxy: two nodes behind the proxy were not tried");
        return new Deployment();
    }

    /** As people reach it. */
    KeycloakServer server() {
        ServerDatabase database = new ServerDatabase(
                "postgres", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/keycloak", "postgres", "postgres");
        return KeycloakServer.behind(
                address(),
                new ServerPlan(home, 0, 0, option("bootstrap-admin-password"), Optional.empty(), database, List.of()));
    }

    ComposedNode first() {
        return first;
    }

    ComposedNode second() {
        return second;
    }

    Path secrets() {
        return directory.resolve("secrets");
    }

    /** What keycloak.conf says. */
    String option(String name) {
        try (var file = Files.newBufferedReader(secrets().resolve("keycloak.conf"))) {
            Properties options = new Properties();
            options.load(file);
            return options.getProperty(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String proxyLog() throws IOException {
        return Files.readString(proxyLogFile());
    }

    private void awaitListening() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Ports.isFree(port)) {
            pause(end);
        }
    }

    private void pause(long end) throws IOException {
        if (System.nanoTime() > end) {
            throw new Unexpected("proxy", proxyLog(), "ready");
        }
        LockSupport.parkNanos(GLANCE.toNanos());
    }

    private URI address() {
        return URI.create("https://localhost:" + port);
    }

    /** Whoever comes as keycloak must know the password. */
    private EmbeddedPostgres postgres() throws IOException {
        EmbeddedPostgres started = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setPGStartupWait(PATIENCE)
                .start();
        Database database = new Database(started.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        database.update("CREATE ROLE keycloak LOGIN PASSWORD '"
                + Files.readString(secrets().resolve("db-password")).strip()
                + "'");
        database.update("CREATE DATABASE keycloak OWNER keycloak");
        Files.writeString(
                directory.resolve("postgres/pg_hba.conf"),
                "host all keycloak 127.0.0.1/32 scram-sha-256\nhost all postgres 127.0.0.1/32 trust\n");
        database.rows("SELECT pg_reload_conf()");
        return started;
    }

    private ComposedNode node(String service, ServerHome of) {
        return new ComposedNode(
                of,
                containers.image(),
                containers.environment(service),
                Map.of(
                        "/run/secrets",
                        secrets().toString(),
                        "//database:5432/",
                        "//127.0.0.1:" + postgres.getPort() + "/",
                        "https://localhost:8443",
                        address().toString(),
                        containers
                                .service("proxy")
                                .at("/networks/front/ipv4_address")
                                .asText(),
                        "127.0.0.1",
                        containers
                                .service(service)
                                .at("/networks/back/ipv4_address")
                                .asText(),
                        "127.0.0.1"));
    }

    private ProcessBuilder proxy() {
        ProcessBuilder builder = new ProcessBuilder(
                        HAPROXY.toString(),
                        "-db",
                        "-f",
                        containers.directory().resolve("haproxy.cfg").toString())
                .redirectErrorStream(true)
                .redirectOutput(proxyLogFile().toFile());
        builder.environment()
                .putAll(Map.of(
                        "PROXY_BIND",
                        "127.0.0.1:" + port,
                        "PROXY_CERTIFICATE",
                        secrets().resolve("tls.pem").toString(),
                        "NODE1_ADDRESS",
                        "127.0.0.1:" + first.port(),
                        "NODE1_HEALTH_PORT",
                        "" + first.managementPort(),
                        "NODE2_ADDRESS",
                        "127.0.0.1:" + second.port(),
                        "NODE2_HEALTH_PORT",
                        "" + second.managementPort()));
        return builder;
    }

    private Path proxyLogFile() {
        return directory.resolve("haproxy.log");
    }

    @Override
    public void close() throws IOException {
        proxy.stop();
        second.stop();
        first.stop();
        postgres.close();
    }
}
