package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An application with an address of its own, for browsers that won't stop in front of it. */
final class Application implements AutoCloseable {

    private final HttpServer server;
    private final OidcClient client;

    private Application(HttpServer server, OidcClient client) {
        this.server = server;
        this.client = client;
    }

    static Application in(MfaRealm realm) throws IOException {
        return in(realm, "real");
    }

    static Application in(MfaRealm realm, String clientId) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = "<title>The application</title><h1 id=welcome>Welcome</h1>".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        URI callback = URI.create("http://localhost:" + server.getAddress().getPort() + "/callback");
        realm.addClient(clientId, Map.of("publicClient", true, "redirectUris", List.of(callback.toString())));
        return new Application(server, new OidcClient(realm.address(), clientId, Optional.empty(), callback));
    }

    OidcClient client() {
        return client;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
