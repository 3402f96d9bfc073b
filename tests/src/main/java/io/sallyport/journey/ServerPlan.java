package io.sallyport.journey;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a server is started.
 *
 * @param home its home directory
 * @param port where it listens, on 127.0.0.1 unless an option says otherwise
 * @param managementPort where it tells whether it is ready
 * @param keys the key file; absent to see what happens without
 * @param database where it keeps its data
 * @param options more options of {@code kc.sh start-dev}, or with {@link #PRODUCTION} of {@code kc.sh start}
 * @param jvm more options of the Java machine, as one text
 */
public record ServerPlan(
        ServerHome home,
        int port,
        int managementPort,
        String adminPassword,
        Optional<Path> keys,
        ServerDatabase database,
        List<String> options,
        String jvm) {

    /** Among the options: not in development mode. */
    public static final String PRODUCTION = "start";

    /** Among the options: as it was built before, see {@link KeycloakServer#build}. */
    public static final String OPTIMIZED = "--optimized";

    private static final String HEALTH = "--health-enabled=true";

    /** Only the first compiler: it starts the server in half the time. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    public ServerPlan {
        options = List.copyOf(options);
    }

    /** With a machine that starts quickly. */
    public ServerPlan(
            ServerHome home,
            int port,
            int managementPort,
            String adminPassword,
            Optional<Path> keys,
            ServerDatabase database,
            List<String> options) {
        this(home, port, managementPort, adminPassword, keys, database, options, QUICK);
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    Path log() {
        return home.directory().resolve("data/server.log");
    }

    /** Where it tells its metrics, with {@code --metrics-enabled=true}. */
    URI metrics() {
        return URI.create("http://localhost:" + managementPort + "/metrics");
    }

    /** The same server with other keys, or with none. */
    ServerPlan with(Optional<Path> otherKeys) {
        return new ServerPlan(home, port, managementPort, adminPassword, otherKeys, database, options, jvm);
    }

    /** The server itself. */
    ProcessBuilder start() {
        boolean production = options.contains(PRODUCTION);
        List<String> arguments = new ArrayList<>(List.of(
                production ? PRODUCTION : "start-dev",
                "--http-port=" + port,
                "--http-management-port=" + managementPort,
                "--import-realm"));
        if (!options.contains(OPTIMIZED)) {
            arguments.add(HEALTH);
        }
        if (options.stream().noneMatch(option -> option.startsWith("--http-host="))) {
            arguments.add("--http-host=127.0.0.1");
        }
        options.stream().filter(option -> !option.equals(PRODUCTION)).forEach(arguments::add);
        return command(arguments);
    }

    /** What a production server is made ready with, once. */
    ProcessBuilder build() {
        return process(home, List.of("build", HEALTH, database.vendorOption()));
    }

    /** The export of one realm with its users into one file, while the server does not run. */
    ProcessBuilder export(String realm, Path file) {
        return command(List.of("export", "--realm=" + realm, "--file=" + file));
    }

    /**
     * Break-glass: a service account for administration, made with the tools of another home of the same version, so
     * that the server may run meanwhile.
     */
    ProcessBuilder bootstrapService(ServerHome tools, String clientId, String secret) {
        ProcessBuilder builder = command(
                tools,
                List.of(
                        "bootstrap-admin",
                        "service",
                        "--no-prompt",
                        "--client-id=" + clientId,
                        "--client-secret:env=BREAK_GLASS_SECRET"));
        builder.environment().put("BREAK_GLASS_SECRET", secret);
        return builder;
    }

    private ProcessBuilder command(List<String> arguments) {
        return command(home, arguments);
    }

    private ProcessBuilder command(ServerHome tools, List<String> arguments) {
        List<String> command = new ArrayList<>(arguments);
        if (!options.contains(OPTIMIZED)) {
            command.add(database.vendorOption());
        }
        command.addAll(database.options());
        keys.ifPresent(file -> command.add("--spi-credential--keycloak-otp--key-file=" + file.toAbsolutePath()));
        return process(tools, command);
    }

    private ProcessBuilder process(ServerHome tools, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(tools.script().toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(tools.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment());
        return builder;
    }

    private Map<String, String> environment() {
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS_APPEND",
                jvm,
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                adminPassword);
    }

    boolean answersReady() {
        try {
            URI ready = URI.create("http://localhost:" + managementPort + "/health/ready");
            return Http.get(ready, Map.of()).status() == 200;
        } catch (UncheckedIOException notListeningYet) {
            return false;
        }
    }
}
