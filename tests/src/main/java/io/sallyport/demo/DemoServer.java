package io.sallyport.demo;

import io.sallyport.journey.Installation;
import io.sallyport.journey.KeyFile;
import io.sallyport.journey.KeycloakServer;
import io.sallyport.journey.Ports;
import io.sallyport.journey.ServerDatabase;
import io.sallyport.journey.ServerHome;
import io.sallyport.journey.ServerPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prepares the demo's server in a directory: the built JAR, the demo realm, a key file. */
final class DemoServer {

    static final String ADMIN_PASSWORD = "admin";

    private DemoServer() {}

    /** Keycloak imports the realm only where it does not exist yet: a second start finds its data as they were left. */
    static KeycloakServer in(Path directory, Installation installation, DemoRealm realm, int port) {
        ServerHome home = ServerHome.at(directory.resolve("keycloak"), installation.distribution(), installation.jar());
        home.imports(realm.file());
        return new KeycloakServer(new ServerPlan(
                home,
                port,
                Ports.free(),
                ADMIN_PASSWORD,
                Optional.of(KeyFile.at(directory.resolve("keys"))),
                ServerDatabase.embedded(home, false),
                List.of("--spi-theme--mfa-admin-console--enabled=true")));
    }

    /** What the server in this directory prints. */
    static Path log(Path directory) {
        return directory.resolve("keycloak/data/server.log");
    }
}
