package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** A consumer of webhooks: keeps every call that it got, and answers as it is told to. */
final class Receiver implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpServer http;
    private final List<Call> calls = new ArrayList<>();
    private ToIntFunction<Call> answer = call -> 204;

    /**
     * One call.
     *
     * @param headers by names in lower case
     * @param answer the status that it was answered with
     * @param at when it came
     */
    record Call(String path, Map<String, String> headers, String body, int answer, Instant at) {
        JsonNode json() {
            return Json.read(body);
        }

        String id() {
            return json().path("id").asText();
        }

        String type() {
            return json().path("type").asText();
        }

        String subject() {
            return json().path("subject").asText();
        }
    }

    Receiver() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/", this::take);
        http.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/in?tenant=a");
    }

    /** How it answers from now on. */
    synchronized void answers(ToIntFunction<Call> how) {
        answer = how;
    }

    /** What was accepted so far, in its order. */
    synchronized List<Call> accepted() {
        return calls.stream().filter(call -> call.answer() < 300).toList();
    }

    /** Every call so far. */
    synchronized List<Call> all() {
        return List.copyOf(calls);
    }

    /** Waits for the first call of this kind. */
    synchronized Call await(Predicate<Call> wanted) throws InterruptedException {
        return await(calls -> calls.stream().anyMatch(wanted), "a call").stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    /** Waits until the calls are these; all of them. */
    synchronized List<Call> await(Predicate<List<Call>> wanted, String what) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!wanted.test(calls)) {
            long left = Duration.between(Instant.now(), end).toMillis();
            if (left <= 0) {
                throw new Unexpected("receiver", calls, what);
            }
            wait(left);
        }
        return List.copyOf(calls);
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = keep(new Call(exchange.getRequestURI().getPath(), headers, body, 0, Instant.now()));
        if (status / 100 == 3) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private synchronized int keep(Call call) {
        int status = answer.applyAsInt(call);
        calls.add(new Call(call.path(), call.headers(), call.body(), status, call.at()));
        notifyAll();
        return status;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
