package io.sallyport.journey;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Answers every call with one more byte from time to time, and never comes to an end. */
final class EndlessAnswer implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ServerSocket socket;
    private final AtomicInteger calls = new AtomicInteger();

    EndlessAnswer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::serve);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/in");
    }

    int calls() {
        return calls.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                calls.incrementAndGet();
                start(() -> answer(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client;
                OutputStream out = client.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nX-Endless: ".getBytes(StandardCharsets.US_ASCII));
            while (!socket.isClosed()) {
                out.write('a');
                out.flush();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException hungUp) {
            // as it should
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "endless-answer");
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
