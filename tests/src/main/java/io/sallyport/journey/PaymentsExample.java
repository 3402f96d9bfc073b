package io.sallyport.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The example application {@code examples/payments}, running beside a server. Its process ends with this JVM at the latest. */
public final class PaymentsExample implements AutoCloseable {

    /** Its {@code client_id}, and the audience of its endpoint. */
    public static final String CLIENT = "acme-payments";

    /** The only port that the demo realm sends people back to. */
    public static final int DEMO_PORT = 3100;

    private static final Duration GLANCE = Duration.ofMillis(300);

    private final ServerProcess process;
    private final URI address;

    private PaymentsExample(ServerProcess process, URI address) {
        this.process = process;
        this.address = address;
        Runtime.getRuntime().addShutdownHook(new Thread(process::stop, "stop-payments"));
    }

    /** Starts it for this realm and waits until it shows its page. */
    public static PaymentsExample start(Installation installation, URI realm, int port, Path log) {
        Path module = installation.root().resolve("examples/payments/target");
        try {
            Files.createDirectories(log.getParent());
            PaymentsExample example = new PaymentsExample(
                    ServerProcess.start(new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin/java")
                                            .toString(),
                                    "-cp",
                                    module.resolve("classes") + ":" + module.resolve("lib") + "/*",
                                    "io.sallyport.example.payments.Payments",
                                    "--issuer",
                                    realm.toString(),
                                    "--port",
                                    String.valueOf(port))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())),
                    URI.create("http://localhost:" + port + "/"));
            example.awaitReady(log);
            return example;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the payments example", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public URI address() {
        return address;
    }

    private void awaitReady(Path log) throws InterruptedException {
        while (!answers()) {
            if (process.endsWithin(GLANCE)) {
                throw new IllegalStateException("the payments example has ended; see " + log);
            }
        }
    }

    private boolean answers() {
        try {
            return Http.get(address, Map.of()).status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.stop();
    }
}
