package io.sallyport.journey;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Which ports of this machine's loopback address are free. */
public final class Ports {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /** Below what operating systems give to outgoing connections, which would take a port before its server listens. */
    private static final int FIRST = 10_000;

    private static final int COUNT = 20_000;
    // Processes beside each other begin in different places.
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 7919 % COUNT));

    private Ports() {}

    /** A port that nobody listens on at the moment, and that this process was not given before. */
    public static int free() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = FIRST + NEXT.getAndIncrement() % COUNT;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port on 127.0.0.1");
    }

    /** Whether a server could listen there. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
        return socket;
    }
}
