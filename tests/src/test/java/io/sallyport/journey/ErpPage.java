package io.sallyport.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A page at an origin of its own, made of npm packages as they are published and of {@code erp.js}, which uses them. */
final class ErpPage implements AutoCloseable {

    private static final Map<String, String> TYPES = Map.of("js", "text/javascript", "html", "text/html");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path packages = Installation.find().root().resolve("tests/target/npm");

    private ErpPage(HttpServer server) {
        this.server = server;
    }

    static ErpPage open() throws IOException {
        ErpPage page = new ErpPage(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        page.server.createContext("/", exchange -> answer(exchange, "index.html", resource("index.html")));
        page.server.createContext("/erp.js", exchange -> answer(exchange, "erp.js", resource("erp.js")));
        page.server.createContext("/npm/", page::npm);
        page.server.createContext("/relay", page::relay);
        page.server.setExecutor(page.threads);
        page.server.start();
        return page;
    }

    String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    URI callback() {
        return URI.create(origin() + "/callback");
    }

    private void npm(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring("/npm/".length());
        answer(exchange, name, Files.readAllBytes(packages.resolve(name)));
    }

    /** Calls the server in the page's name, as the page's own back end would. */
    private void relay(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        HttpRequest.Builder call = HttpRequest.newBuilder(URI.create(query.substring("to=".length())))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            call.header("Content-Type", type);
        }
        try {
            HttpResponse<byte[]> answer = http.send(call.build(), HttpResponse.BodyHandlers.ofByteArray());
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            answer.headers().firstValue("Content-Type").orElse("text/plain"));
            send(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ErpPage.class.getResourceAsStream("/erp/" + name))) {
            return in.readAllBytes();
        }
    }

    private static void answer(HttpExchange exchange, String name, byte[] content) throws IOException {
        exchange.getResponseHeaders()
                .set("Content-Type", TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain"));
        send(exchange, 200, content);
    }

    private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
