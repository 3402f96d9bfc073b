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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server in production mode with a database of its own, whose statements are counted. */
record LoadServer(KeycloakServer keycloak, Statements statements) implements AutoCloseable {

    private static final List<String> OPTIONS =
            List.of(ServerPlan.PRODUCTION, ServerPlan.OPTIMIZED, "--http-enabled=true", "--hostname-strict=false");

    private static final String JVM = "-Xms512m -Xmx1g";

    static LoadServer stock(Path directory, Installation installation, EmbeddedPostgres postgres) {
        Trees.delete(directory.resolve("data"));
        return start(
                ServerHome.stock(directory, installation.distribution()),
                directory,
                Optional.empty(),
                postgres,
                List.of());
    }

    static LoadServer ours(Path directory, Installation installation, EmbeddedPostgres postgres) {
        return ours(directory, installation, postgres, List.of());
    }

    /** With more options. */
    static LoadServer ours(Path directory, Installation installation, EmbeddedPostgres postgres, List<String> options) {
        Trees.delete(directory.resolve("data"));
        ServerHome home = ServerHome.at(directory, installation.distribution(), installation.jar());
        return start(home, directory, Optional.of(KeyFile.at(directory.resolve("data/keys"))), postgres, options);
    }

    private static LoadServer start(
            ServerHome home, Path directory, Optional<Path> keys, EmbeddedPostgres postgres, List<String> options) {
        String name = String.valueOf(directory.getFileName());
        ServerDatabase all = database(postgres, "postgres");
        all.open().update("CREATE DATABASE " + name);
        all.open().update("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        KeycloakServer server = new KeycloakServer(new ServerPlan(
                home,
                Ports.free(),
                Ports.free(),
                "admin",
                keys,
                database(postgres, name),
                Stream.concat(OPTIONS.stream(), options.stream()).toList(),
                JVM));
        return new LoadServer(server.build().start(), new Statements(all.open(), name));
    }

    private static ServerDatabase database(EmbeddedPostgres postgres, String name) {
        return new ServerDatabase("postgres", postgres.getJdbcUrl("postgres", name), "postgres", "postgres");
    }

    /** What the server and its connections to the database have used so far. */
    Duration processorTime() {
        return keycloak.processorTime().plus(statements.processorTime());
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
