package io.sallyport.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Keycloak server of ours. Its process ends with this JVM at the latest. */
public final class KeycloakServer implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofMinutes(10);
    private static final Duration GLANCE = Duration.ofMillis(300);
    private static final int TAIL_LINES = 30;

    private final ServerPlan plan;
    private final URI address;
    private volatile Optional<ServerProcess> process = Optional.empty();
    private volatile boolean stopped;

    public KeycloakServer(ServerPlan plan) {
        this(plan, plan.address());
    }

    private KeycloakServer(ServerPlan plan, URI address) {
        this.plan = plan;
        this.address = address;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-keycloak"));
    }

    /** Builds what {@link ServerPlan#OPTIMIZED} runs. */
    public KeycloakServer build() {
        try {
            Files.createDirectories(plan.log().getParent());
            ServerProcess build = ServerProcess.start(plan.build());
            if (!build.endsWithin(START_PATIENCE) || build.exitValue() != 0) {
                build.kill();
                throw new Unexpected("build", tail(), "exit with 0");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build " + plan.home().directory(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return this;
    }

    /** Starts the process and waits until it is ready for requests. */
    public KeycloakServer start() {
        if (process.filter(ServerProcess::isAlive).isPresent()) {
            throw new IllegalStateException("this server runs already");
        }
        try {
            Files.createDirectories(plan.log().getParent());
            ServerProcess started = ServerProcess.start(plan.start());
            process = Optional.of(started);
            awaitReady(started);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + plan.home().script(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return this;
    }

    /** Ends it as an operator would. */
    public void stop() {
        stopped = true;
        process.ifPresent(ServerProcess::stop);
    }

    /** Ends it as a power failure would. */
    public void kill() {
        process.ifPresent(ServerProcess::kill);
    }

    /** Waits until it ends; whether it was told to. */
    public boolean awaitEnd() throws InterruptedException {
        boolean ended = process.isEmpty();
        while (!ended) {
            ended = process.get().endsWithin(Duration.ofHours(1));
        }
        return stopped;
    }

    /** What it has used of the processors. */
    public Duration processorTime() {
        return process.map(ServerProcess::processorTime).orElse(Duration.ZERO);
    }

    /** Servers that run already, as they are reached from outside; only what speaks to them is of use. */
    static KeycloakServer behind(URI proxy, ServerPlan plan) {
        return new KeycloakServer(plan, proxy);
    }

    /** By the name localhost, which browsers and Keycloak take for a secure context. */
    public URI address() {
        return address;
    }

    /** The number of a metric with these labels in its line; 0 if it was not counted yet. */
    public double metric(String name, String... labels) {
        return Http.get(plan.metrics(), Map.of())
                .expect(200)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    public URI realm(String name) {
        return address().resolve("/realms/" + name);
    }

    public AdminApi admin() {
        return new AdminApi(address(), plan.adminPassword());
    }

    /** What it measures, for a server that was started with metrics. */
    public String metrics() {
        return Http.get(URI.create("http://localhost:" + plan.managementPort() + "/metrics"), Map.of())
                .expect(200)
                .body();
    }

    public Database database() {
        return plan.database().open();
    }

    /** The same server, to be run instead of this one, with other keys or with none. */
    public KeycloakServer with(Optional<Path> keys) {
        return new KeycloakServer(plan.with(keys));
    }

    /** Where its keys are. */
    public Optional<Path> keys() {
        return plan.keys();
    }

    /** Makes a service account for administration, from the command line; the server may run meanwhile. */
    public void bootstrapService(ServerHome tools, String clientId, String secret)
            throws IOException, InterruptedException {
        ServerProcess bootstrap = ServerProcess.start(plan.bootstrapService(tools, clientId, secret));
        if (!bootstrap.endsWithin(START_PATIENCE) || bootstrap.exitValue() != 0) {
            bootstrap.kill();
            throw new Unexpected("bootstrap-admin", tail(), "exit with 0");
        }
    }

    /** The export of this realm with its users; the server must be stopped. */
    public String export(String realm) throws IOException, InterruptedException {
        Path file = plan.log().resolveSibling(realm + "-export.json");
        ServerProcess export = ServerProcess.start(plan.export(realm, file));
        process = Optional.of(export);
        if (!export.endsWithin(START_PATIENCE) || !Files.exists(file)) {
            throw new Unexpected("export", tail(), file);
        }
        return Files.readString(file);
    }

    /** All that the server printed. */
    public String log() {
        try {
            return Files.readString(plan.log());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + plan.log(), e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void awaitReady(ServerProcess started) throws InterruptedException {
        Instant end = Instant.now().plus(START_PATIENCE);
        while (!plan.answersReady()) {
            if (started.endsWithin(GLANCE)) {
                throw new Unexpected("server", "ended with " + started.exitValue() + "\n" + tail(), "ready");
            }
            if (Instant.now().isAfter(end)) {
                stop();
                throw new Unexpected("server", "not ready\n" + tail(), "ready within " + START_PATIENCE);
            }
        }
    }

    private String tail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
