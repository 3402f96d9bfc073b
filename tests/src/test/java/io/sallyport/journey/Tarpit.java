package io.sallyport.journey;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A mail server whose greeting (RFC 5321 §4.2.1) goes on for ever, one line after the other: no time limit of a read ends it. */
final class Tarpit implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ServerSocket socket;
    private final AtomicInteger guests = new AtomicInteger();

    Tarpit() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::serve);
    }

    /** For {@code smtpServer} of a realm. */
    Map<String, String> smtp() {
        return Map.of("host", "localhost", "port", String.valueOf(socket.getLocalPort()), "from", "sso@example.org");
    }

    /** How many hang in it now. */
    int guests() {
        return guests.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                start(() -> greet(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void greet(Socket client) {
        guests.incrementAndGet();
        try (client) {
            OutputStream out = client.getOutputStream();
            while (!socket.isClosed()) {
                out.write("220-please wait\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException gone) {
            // he has had enough
        } finally {
            guests.decrementAndGet();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tarpit");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
