package io.sallyport.factor.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Twilio on this machine: it holds every request against the published description, and answers as it is told. */
final class TwilioStub implements AutoCloseable {

    static final String SID = "SM" + "a".repeat(32);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode description;
    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Answer answer = new Answer(201, "{\"sid\":\"" + SID + "\",\"status\":\"queued\"}");

    /** One request, with what is wrong about it. */
    record Call(String path, Map<String, String> form, String authorization, List<String> violations) {}

    /** The next answers; a status of 0 resets the connection. */
    record Answer(int status, String body) {}

    TwilioStub() throws IOException {
        try (InputStream excerpt = TwilioStub.class.getResourceAsStream("twilio.json")) {
            description = JSON.readTree(excerpt);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void answers(int status, String body) {
        answer = new Answer(status, body);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        calls.add(new Call(
                path,
                form,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .orElse(""),
                violations(exchange, path, form)));
        Answer now = answer;
        if (now.status() == 0) {
            exchange.close();
            return;
        }
        byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(now.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private List<String> violations(HttpExchange exchange, String path, Map<String, String> form) {
        List<String> found = new ArrayList<>();
        Optional<JsonNode> operation = operation(path, found);
        if (operation.isEmpty()) {
            return List.of("no such operation: " + path);
        }
        JsonNode content = operation.get().path("requestBody").path("content");
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("");
        JsonNode schema = content.path(type.split(";", -1)[0]).path("schema");
        if (!exchange.getRequestMethod().equals("POST") || schema.isMissingNode()) {
            found.add("want POST of " + content.fieldNames().next());
        }
        form.keySet().stream()
                .filter(name -> !schema.path("properties").has(name))
                .forEach(name -> found.add("unknown parameter " + name));
        found.addAll(check(schema, typed(form, schema)));
        return found;
    }

    /** The operation at this path, and what is wrong about the parameters in it. */
    private Optional<JsonNode> operation(String path, List<String> found) {
        for (Map.Entry<String, JsonNode> entry : description.path("paths").properties()) {
            String[] wanted = entry.getKey().split("/", -1);
            String[] had = path.split("/", -1);
            if (wanted.length != had.length) {
                continue;
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            boolean same = true;
            for (int i = 0; i < had.length; i++) {
                if (wanted[i].startsWith("{")) {
                    parameters.put(wanted[i].substring(1, wanted[i].length() - 1), had[i]);
                } else {
                    same &= wanted[i].equals(had[i]);
                }
            }
            if (same) {
                JsonNode post = entry.getValue().path("post");
                post.path("parameters")
                        .forEach(parameter -> found.addAll(check(
                                parameter.path("schema"),
                                JsonNodeFactory.instance.textNode(
                                        parameters.get(parameter.path("name").asText())))));
                return Optional.of(post);
            }
        }
        return Optional.empty();
    }

    /** A form has texts only: numbers and booleans become what the description says they are. */
    private static ObjectNode typed(Map<String, String> form, JsonNode schema) {
        ObjectNode typed = JsonNodeFactory.instance.objectNode();
        form.forEach((name, value) -> {
            String type = schema.path("properties").path(name).path("type").asText();
            try {
                typed.set(
                        name,
                        type.equals("string") || type.isEmpty()
                                ? JsonNodeFactory.instance.textNode(value)
                                : JSON.readTree(value));
            } catch (IOException noJson) {
                typed.put(name, value);
            }
        });
        return typed;
    }

    private List<String> check(JsonNode schema, JsonNode value) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.set("components", description.path("components"));
        whole.putArray("allOf").add(schema);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
