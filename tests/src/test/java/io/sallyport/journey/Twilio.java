package io.sallyport.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Twilio's messages on this machine: it takes them, keeps them and answers as it is told. */
final class Twilio implements AutoCloseable {

    static final String ACCOUNT = "AC" + "0123456789abcdef".repeat(2);
    static final String TOKEN = "auth-token-of-twilio";
    static final String CALLBACK = "https://auth.example.com";

    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    private final HttpServer server;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private volatile String refusal = "";
    private volatile int status = 201;

    /** One message as it arrived. */
    record Message(String sid, String to, String body) {

        String code() {
            Matcher matcher = CODE.matcher(body);
            if (!matcher.find()) {
                throw new Unexpected("message", body, "a code");
            }
            return matcher.group();
        }
    }

    Twilio() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", this::take);
        server.start();
    }

    /** What makes a server send its messages here. */
    List<String> options() {
        String prefix = "--spi-mfa-sms--twilio--";
        return List.of(
                prefix + "account-sid=" + ACCOUNT,
                prefix + "auth-token=" + TOKEN,
                prefix + "from=+15005550006",
                prefix + "base-url=http://127.0.0.1:" + server.getAddress().getPort(),
                prefix + "callback-url=" + CALLBACK);
    }

    /** What went to this number, oldest first. */
    List<Message> to(String number) {
        return messages.stream().filter(message -> message.to().equals(number)).toList();
    }

    Message last(String number) {
        List<Message> all = to(number);
        if (all.isEmpty()) {
            throw new Unexpected("messages", "none", "one to the number");
        }
        return all.get(all.size() - 1);
    }

    List<Message> all() {
        return List.copyOf(messages);
    }

    /** Refuses from now on. */
    void refuse(int answer, String body) {
        status = answer;
        refusal = body;
    }

    void accept() {
        status = 201;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                Form.decode(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String sid = "SM%032x".formatted(messages.size());
        String answer = refusal;
        if (status == 201) {
            messages.add(new Message(sid, form.get("To"), form.get("Body")));
            answer = Json.write(Map.of("sid", sid, "status", "queued"));
        }
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
