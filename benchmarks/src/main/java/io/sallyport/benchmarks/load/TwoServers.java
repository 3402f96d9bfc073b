package io.sallyport.benchmarks.load;

import io.sallyport.journey.Installation;
import io.sallyport.journey.KeyFile;
import io.sallyport.journey.KeycloakServer;
import io.sallyport.journey.Ports;
import io.sallyport.journey.ServerDatabase;
import io.sallyport.journey.ServerHome;
import io.sallyport.journey.ServerPlan;
import io.sallyport.journey.Trees;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Two nodes of a cluster in production mode, with one database. */
record TwoServers(KeycloakServer first, KeycloakServer second) implements AutoCloseable {

    private static final List<String> OPTIONS = List.of(
            ServerPlan.PRODUCTION,
            ServerPlan.OPTIMIZED,
            "--http-enabled=true",
            "--hostname-strict=false",
            "--cache-embedded-network-bind-address=127.0.0.1");

    private static final String JVM = "-Xms512m -Xmx1g";

    static TwoServers start(Path directory, Installation installation, EmbeddedPostgres postgres) {
        ServerDatabase database =
                new ServerDatabase("postgres", postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        Path keys = KeyFile.at(directory.resolve("keys"));
        KeycloakServer first = node(directory.resolve("first"), installation, keys, database);
        return new TwoServers(first, node(directory.resolve("second"), installation, keys, database));
    }

    private static KeycloakServer node(Path directory, Installation installation, Path keys, ServerDatabase database) {
        Trees.delete(directory.resolve("data"));
        List<String> options = Stream.concat(
                        OPTIONS.stream(), Stream.of("--cache-embedded-network-bind-port=" + Ports.free()))
                .toList();
        return new KeycloakServer(new ServerPlan(
                        ServerHome.at(directory, installation.distribution(), installation.jar()),
                        Ports.free(),
                        Ports.free(),
                        "admin",
                        Optional.of(keys),
                        database,
                        options,
                        JVM))
                .build()
                .start();
    }

    @Override
    public void close() {
        second.close();
        first.close();
    }
}
