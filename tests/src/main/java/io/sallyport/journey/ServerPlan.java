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
 * @param port where it listens on 127.0.0.1
 * @param managementPort where it tells whether it is ready
 * @param keys the key file; absent to see what happens without
 * @param shared whether other processes may open the database while the server runs
 * @param options more options of {@code kc.sh start-dev}
 */
public record ServerPlan(
        ServerHome home,
        int port,
        int managementPort,
        String adminPassword,
        Optional<Path> keys,
        boolean shared,
        List<String> options) {

    static final String DATABASE_USER = "sa";
    static final String DATABASE_PASSWORD = "password";

    public ServerPlan {
        options = List.copyOf(options);
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    Path log() {
        return home.directory().resolve("data/server.log");
    }

    /** WRITE_DELAY=0: H2 would otherwise keep a committed transaction in memory for half a second. */
    String databaseUrl() {
        return "jdbc:h2:file:" + home.directory().resolve("data/h2/keycloakdb") + ";NON_KEYWORDS=VALUE;WRITE_DELAY=0"
                + (shared ? ";AUTO_SERVER=TRUE" : "");
    }

    /** The server itself. */
    ProcessBuilder start() {
        List<String> arguments = new ArrayList<>(List.of(
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + managementPort,
                "--health-enabled=true",
                "--import-realm"));
        arguments.addAll(options);
        return command(arguments);
    }

    /** The export of one realm with its users into one file, while the server does not run. */
    ProcessBuilder export(String realm, Path file) {
        return command(List.of("export", "--realm=" + realm, "--file=" + file));
    }

    private ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.script().toString());
        command.addAll(arguments);
        command.add("--db=dev-file");
        command.add("--db-url=" + databaseUrl());
        command.add("--db-username=" + DATABASE_USER);
        command.add("--db-password=" + DATABASE_PASSWORD);
        keys.ifPresent(file -> command.add("--spi-credential--keycloak-otp--key-file=" + file.toAbsolutePath()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment());
        return builder;
    }

    /** Only the first compiler: it starts the server in half the time. */
    private Map<String, String> environment() {
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS_APPEND",
                "-XX:TieredStopAtLevel=1",
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
