package io.sallyport.journey;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server with the shipped JAR for all classes of journeys; it starts with the first and ends with the last. */
final class SharedServer implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KeycloakServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("server", key -> start("journeys", List.of()), KeycloakServer.class);
    }

    /** A fresh server in a directory of this name below target. */
    static KeycloakServer start(String name, List<String> options) {
        Installation installation = Installation.find();
        Path directory = installation.root().resolve("tests/target/" + name);
        Trees.delete(directory);
        ServerHome home = ServerHome.at(directory, installation.distribution(), installation.jar());
        Path keys = KeyFile.at(directory.resolve("data/keys"));
        return new KeycloakServer(
                        new ServerPlan(home, Ports.free(), Ports.free(), "admin", Optional.of(keys), true, options))
                .start();
    }
}
