package io.sallyport.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node of compose.yaml as a process of this machine: told everything by its environment, as in its container. */
final class ComposedNode {

    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Path READY = Containers.read().directory().resolve("ready.sh");

    private final ServerHome home;
    private final Containers.Stage image;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private ServerProcess process;

    /**
     * With what the service is run with.
     *
     * @param here what this machine has instead of what a container has
     */
    ComposedNode(ServerHome home, Containers.Stage image, Map<String, String> service, Map<String, String> here) {
        this.home = home;
        this.image = image;
        environment.putAll(image.environment());
        environment.putAll(service);
        here.forEach((there, instead) -> {
            if (environment.values().stream().noneMatch(value -> value.contains(there))) {
                throw new Unexpected("compose.yaml", environment, there);
            }
            environment.replaceAll((name, value) -> value.replace(there, instead));
        });
        // Each container has its own.
        environment.put("KC_HTTP_HOST", "127.0.0.1");
        environment.put("KC_HTTP_PORT", "" + port);
        environment.put("KC_HTTP_MANAGEMENT_PORT", "" + managementPort);
        environment.put("KC_CACHE_EMBEDDED_NETWORK_BIND_PORT", "" + Ports.free());
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-node"));
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    /** What it tells whoever measures. */
    String metrics() {
        return Http.get(URI.create("http://localhost:" + managementPort + "/metrics"), Map.of())
                .expect(200)
                .body();
    }

    String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first stage of the image. */
    void build(Containers.Stage stage) throws IOException, InterruptedException {
        Files.createDirectories(logFile().getParent());
        List<String> command = new ArrayList<>(stage.command("RUN"));
        command.remove(0);
        run(command, stage.environment());
    }

    /** Everything that {@code kc.sh start} can be told. */
    String options() throws IOException, InterruptedException {
        int before = log().length();
        run(List.of("start", "--help-all"), Map.of());
        return log().substring(before);
    }

    /** As the image does, until its own check says that it is ready. */
    void start() throws IOException, InterruptedException {
        process = ServerProcess.start(command(image.command("CMD"), environment));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (process.endsWithin(GLANCE) || System.nanoTime() > end) {
                throw new Unexpected("node", log(), "ready");
            }
        }
    }

    /** What the engine asks every ten seconds. */
    boolean isReady() throws IOException, InterruptedException {
        ProcessBuilder check = new ProcessBuilder(READY.toString()).redirectErrorStream(true);
        check.environment().putAll(environment);
        check.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return check.start().waitFor() == 0;
    }

    void stop() {
        if (process != null) {
            process.stop();
        }
    }

    private void run(List<String> arguments, Map<String, String> with) throws IOException, InterruptedException {
        ServerProcess once = ServerProcess.start(command(arguments, with));
        if (!once.endsWithin(PATIENCE) || once.exitValue() != 0) {
            once.kill();
            throw new Unexpected("kc.sh " + arguments, log(), "exit with 0");
        }
    }

    private ProcessBuilder command(List<String> arguments, Map<String, String> with) {
        List<String> command = new ArrayList<>(List.of(home.script().toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        builder.environment().putAll(with);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        return builder;
    }

    private Path logFile() {
        return home.directory().resolve("data/server.log");
    }
}
