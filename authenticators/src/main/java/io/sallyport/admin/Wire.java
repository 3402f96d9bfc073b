package io.sallyport.admin;

import io.netty.channel.ChannelFuture;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an answer goes over while it is written: cut, unless it was whole, so that whoever reads sees that something is missing.
 *
 * <p>Vert.x 4.5 closes a connection behind all that was written, for which a reader who takes nothing would be waited for, also
 * when the server stops; and what Keycloak 26.7 answers to a failure would be written in between, with a clean end.
 */
final class Wire implements AutoCloseable {

    private static final Set<Wire> OPEN = ConcurrentHashMap.newKeySet();

    static {
        // beside what the server does when it stops: there the connections come first, and nothing of ours is told
        // before
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Wire::cut), "sallyport-wires"));
    }

    private final HttpServerRequest request;
    private boolean whole;

    private Wire(HttpServerRequest request) {
        this.request = request;
    }

    /** That of the request of this thread. */
    static Wire ofRequest() {
        Wire wire = new Wire(CDI.current().select(RoutingContext.class).get().request());
        OPEN.add(wire);
        return wire;
    }

    /** Nothing is missing: it is not cut. */
    void whole() {
        whole = true;
    }

    @Override
    public void close() {
        OPEN.remove(this);
        if (!whole) {
            cut();
        }
    }

    /** At once, if an answer was begun; else a problem can be told. */
    private void cut() {
        HttpServerResponse response = request.response();
        if (!response.headWritten()) {
            return;
        }
        if (request.version() != HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase one) {
            // RFC 9112 §8: a chunked body without its last chunk is incomplete
            ChannelFuture unused = one.channelHandlerContext().close();
        } else {
            response.reset(); // RFC 9113 §5.4.2: this stream alone, for others share the connection
        }
    }
}
