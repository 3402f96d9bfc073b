package io.sallyport.journey;

import com.sun.net.httpserver.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A second server, for what the shared one is not: PostgreSQL below it, Keycloak's experimental grants switched on, an
 * authentication device for CIBA beside it, Twilio, checkpoints of the trail in a file, former keys in another, a vault, and
 * webhooks to 127.0.0.1.
 */
final class PostgresServer implements AutoCloseable {

    /** What webhooks are signed with. */
    static final String WEBHOOK_SECRET = "whsec_c2FsbHlwb3J0LWpvdXJuZXlzLXdlYmhvb2stc2VjcmV0";

    private final Path data;
    private final int port = Ports.free();
    private final HttpServer device;
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final Twilio twilio = new Twilio();
    private final KeycloakServer keycloak;
    private EmbeddedPostgres postgres;

    private PostgresServer() throws IOException {
        ServerHome home = SharedServer.home("journeys-postgres");
        this.data = home.directory().resolve("data/postgres");
        Files.createDirectories(checkpoints());
        Files.createDirectories(formerKeys());
        Files.createDirectories(vault());
        this.postgres = postgres();
        this.device = device();
        List<String> options = new ArrayList<>(twilio.options());
        options.addAll(List.of(
                "--features=oid4vc-vci,oid4vc-vci-preauth-code,oid4vc-vci-rest-credential-offer,token-exchange",
                "--vault=file",
                "--vault-dir=" + vault(),
                "--spi-events-listener--sallyport-audit--checkpoint-directory=" + checkpoints(),
                "--spi-events-listener--sallyport-audit--checkpoint-interval=1",
                "--spi-events-listener--sallyport-audit--former-keys=" + formerKeys(),
                "--spi-jpa-entity-provider--mfa-coverage-tables--count-interval=20",
                "--spi-events-listener--sallyport-audit--retention-interval=1",
                "--spi-mfa-event-sink--webhook--secret=" + WEBHOOK_SECRET,
                "--spi-mfa-event-sink--webhook--allow=127.0.0.1,siem.example.org",
                "--metrics-enabled=true",
                "--spi-ciba-auth-channel--ciba-http-auth-channel--http-authentication-channel-uri="
                        + "http://localhost:" + device.getAddress().getPort() + "/"));
        this.keycloak = SharedServer.start(
                home,
                new ServerDatabase(
                        "postgres", "jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "postgres"),
                options);
    }

    static PostgresServer start() {
        try {
            return new PostgresServer();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start", e);
        }
    }

    KeycloakServer keycloak() {
        return keycloak;
    }

    Twilio twilio() {
        return twilio;
    }

    /** Takes the database away under the running server. */
    void stopDatabase() throws IOException {
        postgres.close();
    }

    /** Brings it back, with its data. */
    void startDatabase() throws IOException {
        postgres = postgres();
    }

    /** Says yes, on the device, to what was last asked there by CIBA. */
    void consentOnTheDevice(MfaRealm realm) {
        try {
            String authorization = asked.poll(1, TimeUnit.MINUTES);
            if (authorization == null) {
                throw new Unexpected("device", "silence", "a request");
            }
            Http.sendJson(
                            "POST",
                            URI.create(realm.address() + "/protocol/openid-connect/ext/ciba/auth/callback"),
                            "{\"status\":\"SUCCEED\"}",
                            Map.of("Authorization", authorization))
                    .expect(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where the server lets its checkpoints out. */
    Path checkpoints() {
        return data.resolveSibling("checkpoints");
    }

    /** Where the operator hands in keys that realms signed with and no longer have. */
    Path formerKeys() {
        return data.resolveSibling("former-keys");
    }

    /** Where the operator keeps secrets, each in a file {@code <realm>_<name>}. */
    Path vault() {
        return data.resolveSibling("vault");
    }

    private EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofMinutes(2))
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
    }

    private HttpServer device() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Override
    public void close() throws IOException {
        keycloak.close();
        device.stop(0);
        twilio.close();
        postgres.close();
    }
}
