package io.sallyport.journey;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server with the shipped JAR for all classes of journeys that a process runs, and one on PostgreSQL for the few that
 * need it; each starts with the first class that asks for it and ends with the process.
 */
final class SharedServer implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KeycloakServer.class || type == PostgresServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Store servers = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
        return parameter.getParameter().getType() == PostgresServer.class
                ? servers.computeIfAbsent("postgres", key -> PostgresServer.start(), PostgresServer.class)
                : servers.computeIfAbsent("server", key -> start("journeys", List.of()), KeycloakServer.class);
    }

    /** A fresh server in a directory of this name below target. */
    static KeycloakServer start(String name, List<String> options) {
        ServerHome home = home(name);
        return start(home, ServerDatabase.embedded(home, true), options);
    }

    /** A fresh server in this home. */
    static KeycloakServer start(ServerHome home, ServerDatabase database, List<String> options) {
        Path keys = KeyFile.at(home.directory().resolve("data/keys"));
        return new KeycloakServer(
                        new ServerPlan(home, Ports.free(), Ports.free(), "admin", Optional.of(keys), database, options))
                .start();
    }

    /** A fresh home in a directory of this name below target, and of this process: others run journeys beside it. */
    static ServerHome home(String name) {
        Installation installation = Installation.find();
        Path directory = installation
                .root()
                .resolve("tests/target")
                .resolve(System.getProperty("journeys.home", "homes"))
                .resolve(name);
        Trees.delete(directory);
        return ServerHome.at(directory, installation.distribution(), installation.jar());
    }
}
