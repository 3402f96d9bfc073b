package io.sallyport.demo;

import io.sallyport.journey.Installation;
import io.sallyport.journey.KeycloakServer;
import io.sallyport.journey.PaymentsExample;
import io.sallyport.journey.Ports;
import io.sallyport.journey.Trees;
import io.sallyport.journey.Unexpected;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The main class behind {@code ./demo}. Exit codes: 0 fine, 1 failed, 2 misused. */
public final class Demo {

    private static final int DEFAULT_PORT = 8080;

    private Demo() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException misused) {
            System.err.println(misused.getMessage());
            System.err.println(Options.usage());
            System.exit(2);
            return;
        }
        if (options.help()) {
            System.out.println(Options.usage());
            return;
        }
        int port = options.check()
                ? options.port().orElseGet(Ports::free)
                : options.port().orElse(DEFAULT_PORT);
        if (!Ports.isFree(port)) {
            System.err.println("Port " + port + " is in use; choose another one with --port N.");
            System.exit(1);
        }
        try {
            System.exit(options.check() ? check(port, System.out) : run(port, System.out));
        } catch (Unexpected | UncheckedIOException | IllegalStateException failed) {
            System.err.println(failed.getMessage());
            System.exit(1);
        }
    }

    private static int run(int port, PrintStream out) throws InterruptedException {
        Installation installation = Installation.find();
        DemoRealm realm = DemoRealm.in(installation.root());
        Path directory = installation.root().resolve(".demo");
        out.println("Starting Keycloak on port " + port + "; the first start takes a minute or two …");
        KeycloakServer server =
                DemoServer.in(directory, installation, realm, port).start();
        Optional<URI> payments = payments(installation, server, directory);
        new Guide(server.address(), realm, directory, payments).print(out);
        if (server.awaitEnd()) {
            return 0;
        }
        System.err.println("Keycloak has ended by itself; its log is " + DemoServer.log(directory) + ".");
        return 1;
    }

    /** The example application beside it, unless somebody else has its port: the realm knows no other. */
    private static Optional<URI> payments(Installation installation, KeycloakServer server, Path directory) {
        if (!Ports.isFree(PaymentsExample.DEMO_PORT)) {
            return Optional.empty();
        }
        return Optional.of(PaymentsExample.start(
                        installation,
                        server.realm(DemoRealm.NAME),
                        PaymentsExample.DEMO_PORT,
                        directory.resolve("payments.log"))
                .address());
    }

    /** On data of its own, so that it can be repeated and leaves the demo's people as they are. */
    private static int check(int port, PrintStream out) throws IOException {
        Installation installation = Installation.find();
        DemoRealm realm = DemoRealm.in(installation.root());
        Path directory = Files.createTempDirectory("sallyport-check-");
        KeycloakServer server = DemoServer.in(directory, installation, realm, port);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop();
            Trees.delete(directory);
        }));
        out.println("Starting a Keycloak of its own on port " + port + " …");
        server.start();
        return new Check(server, realm, new Report(out)).run() ? 0 : 1;
    }
}
